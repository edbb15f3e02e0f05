// The experience of all viewers: what it is now, how it went, and for whom it is different.
import { html, render, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get, query } from "/page/kit/api.js";
import { live } from "/page/kit/live.js";
import { empty, problem } from "/page/kit/notice.js";
import { rewrite, navigate } from "/page/kit/address.js";
import { onKey } from "/page/kit/keyboard.js";
import { ChartPanel } from "/page/charts/panel.js";
import { spanOf } from "/page/stream/charts.js";
import { figures } from "/page/viewers/figures.js";
import { breakdown, DIMENSIONS, nameOfValue } from "/page/viewers/breakdown.js";

const RANGES = [["10 min", 600], ["30 min", 1800], ["1 h", 3600]];
const REFRESH = 10_000;
/** Curves of the values that most watch; more cannot be told apart. */
const CURVES = 5;
const CHARTS = ["viewers", "rebufferingPercent", "startupSeconds", "startFailurePercent", "exitsBeforeStartPercent", "bitrateKbps", "latencySeconds"];

export function viewersView(root) {
  const leases = new Leases();
  const paint = painter(draw);
  const asked = new URLSearchParams(location.search);
  let by = asked.get("by") ?? "cdn";
  let seconds = Number(asked.get("seconds")) || 600;
  let where = new Map(asked.getAll("where").map((text) => text.split(/=(.*)/s).slice(0, 2)));
  let whole = null;
  let rows = null;
  let series = null;
  let incidents = [];
  let error = null;
  let panel = null;
  let turn = 0;

  async function load() {
    const mine = ++turn;
    const to = new Date();
    const from = new Date(to - seconds * 1000);
    const times = { from: from.toISOString(), to: to.toISOString() };
    const conditions = { where: [...where].map(([name, value]) => `${name}=${value}`) };
    try {
      const [all, parts, curves, open] = await Promise.all([
        get("/v1/viewers" + query({ ...times, ...conditions })),
        get("/v1/viewers" + query({ ...times, ...conditions, by, limit: 50 })),
        get("/v1/viewers/series" + query({ ...times, ...conditions, by, measure: CHARTS, limit: CURVES })),
        get("/v1/incidents" + query({ ...times, limit: 200 })),
      ]);
      if (mine !== turn) return;
      [whole, rows, series] = [all, parts, curves];
      incidents = open.items.filter((incident) => incident.stream.startsWith("viewers:"));
      error = null;
    } catch (failure) {
      if (mine !== turn) return;
      error = failure;
    }
    paint();
  }

  function change(edit) {
    edit();
    rewrite("/viewers" + query({ by, seconds, where: [...where].map(([name, value]) => `${name}=${value}`) }));
    load();
  }

  const drill = (value) => change(() => {
    where.set(by, value);
    by = DIMENSIONS.find(([name]) => !where.has(name))[0];
  });

  function draw() {
    render(content(), root);
    const place = root.querySelector(".charts");
    if (!place || !series) return;
    panel ??= new ChartPanel(place, "viewers", () => {});
    panel.show(groups(), [series.times[0] ?? 0, (series.times.at(-1) ?? 0) + series.stepSeconds], incidents.map(spanOf));
  }

  /** The last window is not over yet: its sums would look like a fall. */
  function groups() {
    const times = series.times.slice(0, -1);
    return CHARTS.map((measure) => ({
      metric: `viewers.${measure}`,
      curves: series.rows
        .map((row) => ({ name: nameOfValue(row.values[by]), times, values: row.measures[measure].slice(0, -1) }))
        .filter((curve) => curve.values.some((value) => value !== null)),
    })).filter((group) => group.curves.length > 0);
  }

  function content() {
    if (error?.status === 404 || error?.status === 410) {
      return empty("viewers", "No viewers are collected", "Switch it on in the configuration file with “viewers: {enabled: true}”, then let players report to this service; docs/viewers/collect.md says how, with one line for hls.js, dash.js, Shaka, video.js and plain video.");
    }
    if (!whole) return error ? problem(error.message) : html`<p class="dim">Loading…</p>`;
    return html`
      <h1 class="unseen">Viewers</h1>
      ${problem(error?.message)}
      <div class="spread tools">
        <div class="row">${[...where].map(([name, value]) => html`
          <button class="button slim" title="Look at all again" @click=${() => change(() => where.delete(name))}>${name} = ${nameOfValue(value)} ×</button>`)}</div>
        <div class="segmented" role="group" aria-label="Range">${RANGES.map(([word, length]) => html`
          <button class="button slim" aria-pressed=${length === seconds} @click=${() => change(() => { seconds = length; })}>${word}</button>`)}</div>
      </div>
      ${figures(whole)}
      ${whole.complete ? nothing : html`<p class="dim">Reports of the last hour are being read again after a start; the numbers are still growing.</p>`}
      ${breakdown(rows, by, where, (name) => change(() => { by = name; }), drill)}
      <div class="charts"></div>`;
  }

  leases.add(
    () => paint.stop(),
    () => panel?.close(),
    live.on("incident", (change) => { if (change.incident.stream.startsWith("viewers:")) load(); }),
    onKey((key) => key === "Escape" && (where.size > 0 ? change(() => where.clear()) : navigate("/"), true)));
  leases.every(REFRESH, load);
  load();
  return () => { turn = -1; leases.end(); };
}
