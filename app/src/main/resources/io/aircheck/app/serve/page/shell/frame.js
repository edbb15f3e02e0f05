// The bar on top: where one is, what is open, whether the page is still told, day or night.
import { html, render, nothing } from "/page/kit/lit.js";
import { icon } from "/page/kit/icons.js";
import { painter } from "/page/kit/painter.js";
import { data } from "/page/kit/data.js";
import { live } from "/page/kit/live.js";
import { onKey } from "/page/kit/keyboard.js";
import { announce } from "/page/kit/notice.js";
import { nextTheme, theme } from "/page/shell/theme.js";
import { showHelp } from "/page/shell/help.js";
import { headline, subject } from "/page/kit/words.js";
import { navigate } from "/page/kit/address.js";
import { clock } from "/page/kit/time.js";

const PLACES = [
  ["/", "wall", "Wall"],
  ["/incidents", "incidents", "Incidents"],
  ["/viewers", "viewers", "Viewers"],
  ["/checks", "checks", "Checks"],
  ["/settings", "settings", "Settings"],
];

/** How long a connection may be away before it is worth a line: a reload of the service takes less. */
const PATIENCE = 1500;

let lost = false;

export function startShell() {
  const root = document.getElementById("shell");
  const paint = painter(() => render(frame(), root));
  data.on("change", paint);
  let timer = null;
  live.on("connection", (connected) => {
    clearTimeout(timer);
    if (connected) {
      if (lost) announce("Connected again.");
      lost = false;
    } else {
      timer = setTimeout(() => {
        lost = true;
        announce("The connection to the service is lost.");
        paint();
      }, PATIENCE);
    }
    paint();
  });
  live.on("incident", ({ type, incident }) => {
    if (type === "opened" && incident.severity === "error") announce(`Incident on ${subject(incident.stream, data.streams)}: ${headline(incident)}`);
  });
  document.addEventListener("viewchange", paint);
  document.addEventListener("themechange", paint);
  setInterval(() => { if (!document.hidden) paint(); }, 1000);
  onKey(keys);
  paint();
}

function keys(key) {
  if (key === "?") return showHelp(), true;
  if (key === "t") return nextTheme(), true;
  const place = { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4 }[key];
  if (place !== undefined) return navigate(PLACES[place][0]), true;
  return false;
}

function isAt(address) {
  const at = location.pathname;
  if (address === "/") return at === "/" || at.startsWith("/streams/");
  return at === address || at.startsWith(address + "/");
}

function frame() {
  const open = [...data.active.values()].filter((incident) => incident.state === "open").length;
  const now = Date.now();
  return html`
    <header class="bar">
      <a class="brand" href="/"><img src="/page/favicon.svg" alt=""><span>Aircheck</span></a>
      <nav aria-label="Views">
        ${PLACES.map(([address, sign, word]) => html`
          <a href=${address} aria-current=${isAt(address) ? "page" : "false"}>${icon(sign)}<span>${word}</span>
            ${address === "/incidents" && open > 0 ? html`<span class="count" title="open incidents">${open}<span class="unseen"> open</span></span>` : nothing}</a>`)}
      </nav>
      <span class="push"></span>
      <span class="clock num" title="your time, and UTC"><span>${clock(now)}</span><span>${new Date(now).toISOString().slice(11, 19)} UTC</span></span>
      <span class="link ${live.connected ? "good" : "warning"}" title=${live.connected ? "Changes arrive as they happen." : "Not connected."}>
        ${icon(live.connected ? "link" : "warning")}<span class="word">${live.connected ? "Live" : "Connecting"}</span></span>
      <button class="button bare" @click=${nextTheme} title="Colours: ${theme()} (t)" aria-label="Colours: ${theme()}; change">${icon("theme")}</button>
      <button class="button bare" @click=${showHelp} title="Keys (?)" aria-label="Keys">${icon("help")}</button>
    </header>
    ${lost ? html`<div class="lost" role="alert">${icon("warning")} The connection to the service is lost; what you see may be old. Trying again.</div>` : nothing}`;
}
