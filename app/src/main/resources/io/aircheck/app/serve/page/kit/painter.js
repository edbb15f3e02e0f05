// Many changes, one painting: at most one per frame of the screen.

/** @returns a function that asks for paint to be called before the next frame. */
export function painter(paint) {
  let asked = false;
  let over = false;
  const request = () => {
    if (asked || over) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      if (!over) paint();
    });
  };
  request.stop = () => { over = true; };
  return request;
}
