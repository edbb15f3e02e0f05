// Which view is shown at which address. A view is a function of its root and address that returns
// what to call when it is left. Only the wall is loaded at once; the others come when they are opened.
import { wallView } from "/page/wall/view.js";
import { addressShownBy, navigate } from "/page/kit/address.js";
import { html, render } from "/page/kit/lit.js";
import { empty, problem } from "/page/kit/notice.js";

const VIEWS = [
  [/^\/$/, "Wall", () => wallView],
  [/^\/streams\/([^/]+)$/, "Stream", () => import("/page/stream/view.js").then((module) => module.streamView)],
  [/^\/incidents$/, "Incidents", () => import("/page/incident/list.js").then((module) => module.incidentsView)],
  [/^\/incidents\/([^/]+)$/, "Incident", () => import("/page/incident/view.js").then((module) => module.incidentView)],
  [/^\/viewers$/, "Viewers", () => import("/page/viewers/view.js").then((module) => module.viewersView)],
  [/^\/viewers\/kept$/, "What is kept", () => import("/page/viewers/kept.js").then((module) => module.keptView)],
  [/^\/viewers\/session(?:s\/([^/]+))?$/, "Session", () => import("/page/viewers/session.js").then((module) => module.sessionView)],
  [/^\/checks$/, "Checks", () => import("/page/checks/list.js").then((module) => module.checksView)],
  [/^\/checks\/([^/]+)$/, "Check", () => import("/page/checks/view.js").then((module) => module.checkView)],
  [/^\/settings$/, "Settings", () => import("/page/settings/view.js").then((module) => module.settingsView)],
];

let root;
let leave = () => {};

export function startRouter(main) {
  root = main;
  addEventListener("popstate", show);
  document.addEventListener("click", follow);
  addressShownBy(arrive);
  show();
}

function arrive() {
  show();
  root.focus({ preventScroll: true });
  scrollTo(0, 0);
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

async function show() {
  leave();
  leave = () => {};
  const pathname = location.pathname;
  const found = VIEWS.find(([pattern]) => pattern.test(pathname));
  // Each view gets an element of its own: nothing of the one before is left in it.
  const place = document.createElement("div");
  root.replaceChildren(place);
  document.dispatchEvent(new CustomEvent("viewchange"));
  if (!found) {
    render(empty("help", "There is nothing here", "The address may be of something that was removed.", html`<a class="button first" href="/">To the wall</a>`), place);
    return;
  }
  const [pattern, title, load] = found;
  document.title = `${title} · Aircheck`;
  let view;
  try {
    view = load();
    if (view instanceof Promise) view = await view;
  } catch {
    render(problem("This part of the page could not be loaded. Is the service still there? Reload the page."), place);
    return;
  }
  // Somebody may have gone on meanwhile.
  if (place.isConnected) leave = view(place, pattern.exec(pathname).slice(1).map((part) => part && decodeURIComponent(part))) ?? (() => {});
}
