// Which view is shown at which address. A view is a function of its root and address that returns
// what to call when it is left.
import { wallView } from "/page/wall/view.js";
import { streamView } from "/page/stream/view.js";
import { incidentsView } from "/page/incident/list.js";
import { incidentView } from "/page/incident/view.js";
import { checksView } from "/page/checks/list.js";
import { checkView } from "/page/checks/view.js";
import { settingsView } from "/page/settings/view.js";
import { html, render } from "/page/kit/lit.js";
import { empty } from "/page/kit/notice.js";

const VIEWS = [
  [/^\/$/, "Wall", wallView],
  [/^\/streams\/([^/]+)$/, "Stream", streamView],
  [/^\/incidents$/, "Incidents", incidentsView],
  [/^\/incidents\/([^/]+)$/, "Incident", incidentView],
  [/^\/checks$/, "Checks", checksView],
  [/^\/checks\/([^/]+)$/, "Check", checkView],
  [/^\/settings$/, "Settings", settingsView],
];

let root;
let leave = () => {};

export function startRouter(main) {
  root = main;
  addEventListener("popstate", show);
  document.addEventListener("click", follow);
  show();
}

/** Goes to an address of the page. */
export function navigate(address) {
  history.pushState(null, "", address);
  show();
  root.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Changes the address without a step back to it. */
export function rewrite(address) {
  history.replaceState(null, "", address);
}

function follow(event) {
  const link = event.target.closest?.("a[href]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const href = typeof link?.href === "string" ? link.href : link?.href?.baseVal;
  if (!link || !plain || event.defaultPrevented || link.getAttribute("target") || link.hasAttribute("download")) return;
  const address = new URL(href, location.href);
  if (address.origin !== location.origin || address.hash || !VIEWS.some(([pattern]) => pattern.test(address.pathname))) return;
  event.preventDefault();
  navigate(address.pathname + address.search);
}

function show() {
  leave();
  const pathname = location.pathname;
  const found = VIEWS.find(([pattern]) => pattern.test(pathname));
  // Each view gets an element of its own: nothing of the one before is left in it.
  const place = document.createElement("div");
  root.replaceChildren(place);
  if (!found) {
    leave = () => {};
    render(empty("help", "There is nothing here", "The address may be of something that was removed.", html`<a class="button first" href="/">To the wall</a>`), place);
  } else {
    const [pattern, title, view] = found;
    document.title = `${title} · Aircheck`;
    leave = view(place, pattern.exec(pathname).slice(1).map(decodeURIComponent)) ?? (() => {});
  }
  document.dispatchEvent(new CustomEvent("viewchange"));
}
