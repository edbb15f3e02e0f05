// The curves of a stream: which metrics, which renditions, which range; live until somebody zooms.
import { html, render, nothing } from "/page/kit/lit.js";
import { get, path, query } from "/page/kit/api.js";
import { ChartPanel } from "/page/charts/panel.js";
import { curveName, firstOf, titleOf } from "/page/charts/metrics.js";
import { audienceOf } from "/page/stream/audience.js";
import { timeline } from "/page/stream/timeline.js";
import { problem } from "/page/kit/notice.js";
import { spanOf } from "/page/kit/time.js";
import { Leases } from "/page/kit/emitter.js";

const RANGES = [["10 min", 600], ["1 h", 3600], ["6 h", 21_600], ["24 h", 86_400], ["7 days", 604_800], ["30 days", 2_592_000]];
const REFRESH = 5000;
const SHORTEST = 5;

export class StreamCharts {
  #root;
  #stream;
  #seconds = 600;
  #zoom = null;
  #series = [];
  #metrics = null;
  #hidden = new Set();
  #incidents = [];
  #groups = [];
  #audience = null;
  #panel = null;
  #audiencePanel = null;
  #error = null;
  #asked = 0;
  #leases = new Leases();

  constructor(root, stream) {
    this.#root = root;
    this.#stream = stream;
    this.#leases.every(REFRESH, () => { if (!this.#zoom) this.#load(); });
    this.#load();
  }

  incidentsChanged() { if (!this.#zoom) this.#load(); }

  #range() {
    const now = Date.now() / 1000;
    return this.#zoom ?? [now - this.#seconds, now];
  }

  async #load() {
    const asked = ++this.#asked;
    const [from, to] = this.#range();
    const times = { from: new Date(from * 1000).toISOString(), to: new Date(to * 1000).toISOString() };
    try {
      const [series, incidents, audience] = await Promise.all([
        get(path`/v1/streams/${this.#stream}/series` + query(times)),
        get("/v1/incidents" + query({ stream: this.#stream, ...times, limit: 500 })),
        audienceOf(this.#stream, [from, to]),
      ]);
      this.#series = series.items;
      this.#incidents = incidents.items;
      const metrics = this.#allMetrics();
      this.#metrics ??= metrics.length > 0 ? new Set(firstOf(metrics)) : null;
      const groups = await Promise.all([...(this.#metrics ?? [])].filter((metric) => metrics.includes(metric)).map(async (metric) => ({
        metric,
        curves: await Promise.all(this.#series.filter((one) => one.metric === metric && !this.#hidden.has(one.rendition ?? "")).map((one) => this.#curve(one, times))),
      })));
      if (asked !== this.#asked) return;
      this.#groups = groups.filter((group) => group.curves.length > 0);
      this.#audience = audience;
      this.#error = null;
    } catch (failure) {
      this.#error = failure;
    }
    this.#draw(from, to);
  }

  async #curve(series, times) {
    const curve = await get(path`/v1/streams/${this.#stream}/metrics` + query({ metric: series.metric, track: series.track, rendition: series.rendition, ...times }));
    return { name: curveName(series), ...withGaps(curve) };
  }

  #allMetrics() { return [...new Set(this.#series.map((one) => one.metric))].sort(); }

  #draw(from, to) {
    render(this.#content(from, to), this.#root);
    const place = this.#root.querySelector(".charts");
    this.#panel ??= this.#panelIn(place);
    this.#panel.show(this.#groups, [from, to], this.#incidents.map(spanOf));
    const below = this.#root.querySelector(".audience-charts");
    if (!below) {
      this.#audiencePanel?.close();
      this.#audiencePanel = null;
      return;
    }
    this.#audiencePanel ??= this.#panelIn(below);
    this.#audiencePanel.show(this.#audienceGroups(), [from, to], []);
  }

  /** Charts of one axis: a range that is chosen in one is that of all, and so is the cursor. */
  #panelIn(place) { return new ChartPanel(place, `stream-${this.#stream}`, (left, right) => this.#zoomTo([left, right])); }

  /** With the incidents of the stream as well as of its viewers: the one may be why of the other. */
  #audienceGroups() {
    const own = this.#incidents.map(spanOf);
    return this.#audience.groups.map((group) => ({ ...group, spans: [...own, ...group.spans] }));
  }

  #zoomTo(range) {
    this.#zoom = range && range[1] - range[0] < SHORTEST ? [range[0], range[0] + SHORTEST] : range;
    this.#load();
  }

  #toggle(set, value) {
    if (!set.delete(value)) set.add(value);
    this.#load();
  }

  #content(from, to) {
    const renditions = [...new Set(this.#series.map((one) => one.rendition).filter(Boolean))];
    return html`
      <div class="spread"><h2>Time line and curves</h2>
        <div class="row">
          ${this.#zoom ? html`<button class="button slim first" @click=${() => this.#zoomTo(null)}>Back to now</button>` : nothing}
          <div class="segmented" role="group" aria-label="Range">${RANGES.map(([word, seconds]) => html`
            <button class="button slim" aria-pressed=${!this.#zoom && seconds === this.#seconds} @click=${() => { this.#seconds = seconds; this.#zoomTo(null); }}>${word}</button>`)}</div>
        </div></div>
      ${timeline(this.#incidents, from, to)}
      ${problem(this.#error?.message)}
      ${this.#series.length === 0 ? html`<p class="dim">No curves in this range yet; the first come some seconds after the first picture.</p>` : html`
        <details class="small"><summary>Choose curves <span class="dim">(drag over a chart to zoom)</span></summary>
          <div class="choices" role="group" aria-label="Metrics">${this.#allMetrics().map((metric) => html`
            <button class="button" title=${metric} aria-pressed=${this.#metrics.has(metric)} @click=${() => this.#toggle(this.#metrics, metric)}>${titleOf(metric)}</button>`)}</div>
        </details>
        ${renditions.length > 1 ? html`<div class="choices" role="group" aria-label="Renditions to compare">${renditions.map((rendition) => html`
          <button class="button" aria-pressed=${!this.#hidden.has(rendition)} @click=${() => this.#toggle(this.#hidden, rendition)}>${rendition}</button>`)}</div>` : nothing}`}
      <div class="charts"></div>
      ${this.#audience ? html`
        <div class="spread beneath"><h2>Its viewers at the same time</h2><a href=${"/viewers" + query({ where: `content=${this.#audience.content}` })}>All about them</a></div>
        ${this.#audience.short ? html`<p class="small dim">What is known of viewers reaches back one hour.</p>` : nothing}
        ${this.#audience.incidents.length > 0 ? timeline(this.#audience.incidents, from, to) : nothing}
        <div class="charts audience-charts"></div>` : nothing}`;
  }

  close() {
    this.#asked = -1;
    this.#leases.end();
    this.#panel?.close();
    this.#audiencePanel?.close();
  }
}

/** Where values are missing, the curve is interrupted. */
export function withGaps({ times, mean, stepSeconds }) {
  const result = { times: [], values: [] };
  times.forEach((time, i) => {
    if (i > 0 && time - times[i - 1] > 3 * stepSeconds) {
      result.times.push(times[i - 1] + stepSeconds);
      result.values.push(null);
    }
    result.times.push(time);
    result.values.push(mean[i]);
  });
  return result;
}
