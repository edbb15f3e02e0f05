// One stream: its renditions side by side, its incidents on the time line, its curves.
import { html, render, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get, path, post } from "/page/kit/api.js";
import { data } from "/page/kit/data.js";
import { live } from "/page/kit/live.js";
import { badge, health, nameOf } from "/page/kit/words.js";
import { empty, problem } from "/page/kit/notice.js";
import { onKey } from "/page/kit/keyboard.js";
import { icon } from "/page/kit/icons.js";
import { navigate } from "/page/kit/address.js";
import { incidentRow } from "/page/incident/row.js";
import { renditionCard, showLevels } from "/page/stream/rendition.js";
import { StreamCharts } from "/page/stream/charts.js";
import { covers, muteLines, muteStream } from "/page/stream/mute.js";
import { editStream, removeStream } from "/page/stream/edit.js";
import { Thumbnails } from "/page/wall/thumbnails.js";

const RECENT = 8;

export function streamView(root, [id]) {
  const leases = new Leases();
  const paint = painter(draw);
  const thumbnails = new Thumbnails();
  let stream = null;
  let error = null;
  let recent = [];
  let mutes = [];
  let charts = null;

  async function load() {
    try {
      stream = await get(path`/v1/streams/${id}`);
      document.title = `${nameOf(stream)} · Aircheck`;
      error = null;
    } catch (failure) {
      error = failure;
    }
    paint();
  }

  async function loadIncidents() {
    try {
      recent = (await get(`/v1/incidents?limit=${RECENT}&stream=${encodeURIComponent(id)}`)).items;
      paint();
    } catch { /* said where the stream itself is loaded */ }
  }

  async function loadMutes() {
    try {
      mutes = (await get("/v1/mutes")).items;
      paint();
    } catch { /* said where the stream itself is loaded */ }
  }

  async function restart() {
    try {
      stream = await post(path`/v1/streams/${id}/restart`);
      error = null;
    } catch (failure) {
      error = failure;
    }
    paint();
  }

  function draw() {
    render(content(), root);
    if (!stream) return;
    charts ??= new StreamCharts(root.querySelector("#charts"), id);
    thumbnails.watch(root.querySelectorAll("img[data-picture]"));
    showLevels(root, stream);
  }

  function content() {
    if (error?.status === 404 || (stream === null && error)) {
      return empty("wall", error.status === 404 ? "This stream is not watched" : "The stream cannot be shown", error.message, html`<a class="button first" href="/">To the wall</a>`);
    }
    if (!stream) return html`<p class="dim">Loading…</p>`;
    const state = health(stream);
    const open = data.activeOf(id);
    return html`
      <header class="head">
        <a class="trail" href="/">${icon("back")} Wall</a>
        <div class="spread">
          <div class="row"><h1>${nameOf(stream)}</h1>${badge(state)}
            ${Object.entries(stream.labels ?? {}).map(([name, value]) => html`<a class="chip" href="/?label=${encodeURIComponent(`${name}=${value}`)}">${name}=${value}</a>`)}</div>
          <div class="row"><button class="button" @click=${() => muteStream(stream, nameOf(stream)).then((muted) => muted && loadMutes())}>Mute</button>${stream.declaredIn === "file"
            ? html`<span class="dim small">declared in the configuration file</span>`
            : html`<button class="button" @click=${() => editStream(stream).then((saved) => saved && load())}>Edit</button>
              <button class="button danger" @click=${() => removeStream(stream).then((removed) => removed && navigate("/"))}>Remove</button>`}</div>
        </div>
        <div class="dim"><code>${stream.url}</code> · policy ${stream.policy} · priority ${stream.priority}</div>
        ${stream.depth === "light" ? html`<p class="small dim">Watched lightly: ${stream.depthReason}. The smallest rendition is decoded in full, of the others key pictures.</p>` : nothing}
        ${stream.depth === "full" && stream.depthReason ? html`<p class="small dim">Watched in full for now: ${stream.depthReason}.</p>` : nothing}
        ${stream.missingDetectors ? problem(`Watched without ${stream.missingDetectors.join(", ")}: no copy of the service runs them, or has room for them.`) : nothing}
        ${stream.cost ? html`<p class="small dim">Costs ${stream.cost.perHour.toPrecision(2)} ${stream.cost.currency} an hour: ${stream.cost.cores.toFixed(2)} cores, ${(1000 * stream.cost.memoryGb).toFixed(0)} MB, at prices of ${stream.cost.pricesOf}.</p>` : nothing}
        ${problem(stream.problem)}
        ${stream.state === "quarantined" ? html`<div><button class="button" @click=${restart}>Restart</button></div>` : nothing}
        ${muteLines(mutes.filter((mute) => covers(mute, stream)), loadMutes)}
        ${error ? problem(error.message) : nothing}
      </header>
      <div class="stack">
        ${open.length > 0 ? html`<section aria-label="Open incidents"><h2>Open now</h2><ul class="incidents">${open.map((incident) => incidentRow(incident, false))}</ul></section>` : nothing}
        <section aria-label="Renditions">
          <h2>${stream.renditionStates.length > 1 ? `${stream.renditionStates.length} renditions` : "Picture"}</h2>
          ${stream.renditionStates.length === 0 ? html`<div class="card dim">Nothing has come from it yet. ${stream.state === "idle" ? "It is outside of its schedule." : "It is being opened."}</div>` : nothing}
          <div class="renditions">${stream.renditionStates.map((rendition) => renditionCard(id, rendition, open))}</div>
        </section>
        <section id="charts" aria-label="Curves"></section>
        <section aria-label="Recent incidents">
          <div class="spread"><h2>Recent incidents</h2>${recent.length > 0 ? html`<a href="/incidents?stream=${encodeURIComponent(id)}">All of this stream</a>` : nothing}</div>
          ${recent.length === 0 ? html`<div class="card dim">None so far. When something is wrong for longer than its hold time, it is here with pictures and a clip.</div>`
            : html`<ul class="incidents">${recent.map((incident) => incidentRow(incident, false))}</ul>`}
        </section>
      </div>`;
  }

  leases.add(
    () => paint.stop(),
    () => thumbnails.close(),
    () => charts?.close(),
    live.on("stream", (change) => { if (change.id === id) load(); }),
    live.on("stream-removed", (change) => { if (change.id === id) load(); }),
    live.on("incident", ({ incident }) => { if (incident.stream === id) { loadIncidents(); charts?.incidentsChanged(); } }),
    live.on("reset", () => { load(); loadIncidents(); loadMutes(); }),
    data.on("change", paint),
    onKey((key) => {
      if (key === "Escape") return navigate("/"), true;
      return false;
    }));
  // Levels are not worth an event each; whoever looks asks.
  leases.every(1000, load);
  leases.every(30_000, loadMutes);
  load();
  loadIncidents();
  loadMutes();
  return () => leases.end();
}
