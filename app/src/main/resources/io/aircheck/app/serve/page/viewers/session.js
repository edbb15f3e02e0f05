// One viewer: what the player did when, what it told, and what the monitor saw at the same time.
import { html, render, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get, query } from "/page/kit/api.js";
import { data } from "/page/kit/data.js";
import { icon } from "/page/kit/icons.js";
import { onKey } from "/page/kit/keyboard.js";
import { navigate } from "/page/kit/address.js";
import { empty, hint, problem } from "/page/kit/notice.js";
import { spanOf, timeWithUtc } from "/page/kit/time.js";
import { dimensionName, titled, valueName } from "/page/kit/cohort.js";
import { Lanes, laneLegend } from "/page/charts/lanes.js";
import { ChartPanel } from "/page/charts/panel.js";
import { activityTotals, stretches } from "/page/viewers/activities.js";
import { monitorLanes, toldCurves } from "/page/viewers/line.js";
import { sessionFacts, sessionLists } from "/page/viewers/facts.js";
import { sessionState } from "/page/viewers/states.js";

const REFRESH = 5000;
/** Reading it again may take the service long: it is asked for a tenth of the time at most. */
const REST = 10;
/** Around the whole, so that its ends can be seen. */
const ROOM = 5;
const SHORTEST = 2;

export function sessionView(root, [inPath]) {
  const id = inPath ?? new URLSearchParams(location.search).get("id") ?? "";
  const leases = new Leases();
  const paint = painter(draw);
  let session = null;
  let timeline = null;
  let incidents = [];
  let error = null;
  let lanes = null;
  let panel = null;
  let zoom = null;
  let due = 0;

  async function load() {
    const begun = performance.now();
    due = Infinity;
    // One that is over for long is not remembered, but its reports may still be kept.
    const [now, line] = await Promise.allSettled([get("/v1/viewers/session" + query({ id })), get("/v1/viewers/session/timeline" + query({ id }))]);
    error = line.reason ?? null;
    session = now.value ?? session;
    timeline = line.value ?? timeline;
    due = performance.now() + Math.max(REFRESH, REST * (performance.now() - begun));
    if (timeline) incidents = await incidentsMeanwhile();
    paint();
  }

  async function incidentsMeanwhile() {
    const stream = [...new Set(timeline.views.flatMap((view) => view.streams))];
    if (stream.length === 0) return [];
    try {
      const [from, to] = whole();
      return (await get("/v1/incidents" + query({ stream, from: new Date(from * 1000).toISOString(), to: new Date(to * 1000).toISOString(), limit: 200 }))).items;
    } catch {
      return incidents;
    }
  }

  function whole() {
    const times = timeline.views.flatMap((view) => [Date.parse(view.from) / 1000, Date.parse(view.to) / 1000]);
    return [Math.min(...times) - ROOM, Math.max(...times) + ROOM];
  }

  function draw() {
    render(content(), root);
    const place = root.querySelector(".lanes");
    if (!place) return;
    lanes ??= new Lanes(place);
    panel ??= new ChartPanel(root.querySelector(".charts"), `session-${id}`, (from, to) => {
      zoom = to - from < SHORTEST ? [from, from + SHORTEST] : [from, to];
      paint();
    });
    const range = zoom ?? whole();
    lanes.show([
      { name: "Player", spans: stretches(timeline.spans) },
      { name: "Errors", spans: [], marks: timeline.errors.map((one) => ({ at: Date.parse(one.at) / 1000, kind: one.fatal ? "error" : "warning", title: `${one.fatal ? "Fatal error" : "Error"} ${one.code}` })) },
      ...monitorLanes(timeline, incidents, data.streams),
    ].filter((lane) => lane.name !== "Errors" || lane.marks.length > 0), range);
    panel.show(toldCurves(timeline), range, incidents.map(spanOf));
  }

  function content() {
    if (!timeline) {
      return error ? empty("viewers", error.status === 404 ? "Nothing is kept of this session" : "The session cannot be shown", error.message, html`<a class="button first" href="/viewers">All viewers</a>`) : html`<p class="dim">Loading…</p>`;
    }
    const last = timeline.views.at(-1);
    return html`
      <header class="head">
        <a class="trail" href="/viewers">${icon("back")} Viewers</a>
        <div class="row"><h1>Session <code>${id}</code></h1>${sessionState(session ?? last)}</div>
        <div class="row">${[["content", last.content], ...Object.entries(session?.attributes ?? {})].filter(([, value]) => value).map(([name, value]) => html`
          <a class="chip" href=${"/viewers" + query({ where: `${name}=${value}` })} title="All viewers with this value">${titled(dimensionName(name))} ${valueName(value)}</a>`)}</div>
        <div class="small dim">from ${timeWithUtc(timeline.views[0].from)} · last report ${timeWithUtc(last.to)}</div>
        ${problem(error?.message)}
        ${timeline.cut ? hint("It has more reports than are drawn.") : nothing}
      </header>
      <div class="stack">
        ${session ? sessionFacts(session) : hint("Its numbers are not remembered any more; what follows is read again from its reports.")}
        <section class="card line" aria-label="Time line">
          <div class="spread"><h2>What the viewer saw</h2>${zoom ? html`<button class="button slim" @click=${() => { zoom = null; paint(); }}>Whole range</button>` : html`<span class="dim small">drag over a chart to zoom</span>`}</div>
          ${laneLegend(activityTotals(timeline.spans))}
          <div class="lanes"></div>
          ${last.streams.length === 0 ? html`<p class="small dim">No stream of this service shows <strong>${valueName(last.content)}</strong>, so nobody monitored what was sent.</p>` : nothing}
        </section>
        <section class="single" aria-label="Curves"><div class="charts"></div></section>
        ${sessionLists(timeline)}
      </div>`;
  }

  leases.add(
    () => paint.stop(),
    () => lanes?.close(),
    () => panel?.close(),
    data.on("change", paint),
    onKey((key) => {
      if (key === "Escape") return navigate("/viewers"), true;
      return false;
    }));
  leases.every(1000, () => { if (session?.open && performance.now() >= due) load(); });
  load();
  return () => leases.end();
}
