// Keys of the page; none while somebody types, or holds a modifier.

const typing = (target) => target.closest?.("input, select, textarea, [contenteditable]") !== null && target.type !== "checkbox";

/** Calls the handler for a key; Escape also reaches those who type. */
export function onKey(handler) {
  const listener = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.target instanceof Element && typing(event.target) && event.key !== "Escape") return;
    if (handler(event.key, event) === true) event.preventDefault();
  };
  document.addEventListener("keydown", listener);
  return () => document.removeEventListener("keydown", listener);
}
