// Moves the focus over a grid or list with j, k and the arrow keys.

/** @returns whether the key was one of these */
export function moveFocus(elements, key) {
  const at = elements.indexOf(document.activeElement?.closest?.(".tile, .incidents a"));
  const columns = columnsOf(elements);
  const step = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: -Infinity, End: Infinity }[key];
  if (step === undefined || elements.length === 0) return false;
  if ((key === "Home" || key === "End") && at < 0) return false;
  const next = at < 0 ? 0 : Math.min(elements.length - 1, Math.max(0, at + step));
  elements[next].focus();
  elements[next].scrollIntoView({ block: "nearest" });
  return true;
}

function columnsOf(elements) {
  if (elements.length === 0) return 1;
  const top = elements[0].offsetParent === null ? 0 : elements[0].getBoundingClientRect().top;
  let columns = 0;
  while (columns < elements.length && elements[columns].getBoundingClientRect().top === top) columns++;
  return Math.max(1, columns);
}
