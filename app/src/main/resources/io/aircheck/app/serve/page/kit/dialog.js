// A dialog that is drawn anew whenever it wants, and removed when it closes. Escape closes it.
import { render } from "/page/kit/lit.js";

/** @param draw called with {paint, close}; returns the content */
export function openDialog(label, draw) {
  const element = document.createElement("dialog");
  element.setAttribute("aria-label", label);
  document.getElementById("dialogs").append(element);
  let answer;
  const tools = {
    element,
    paint: () => render(draw(tools), element),
    close: (value) => { answer = value; element.close(); },
  };
  const closed = new Promise((resolve) => {
    element.addEventListener("close", () => {
      element.remove();
      resolve(answer);
    });
  });
  tools.paint();
  element.showModal();
  return { ...tools, closed };
}
