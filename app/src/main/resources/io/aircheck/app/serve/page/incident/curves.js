// The curves that were kept around the beginning of an incident, with its span shaded.
import { html, render } from "/page/kit/lit.js";
import { get } from "/page/kit/api.js";
import { spanOf } from "/page/kit/time.js";
import { ChartPanel } from "/page/charts/panel.js";
import { curveName, firstOf, titleOf } from "/page/charts/metrics.js";

const FILE = "curves.json";
const MOST = 6;

export class IncidentCurves {
  #root;
  #curves = null;
  #loading = false;
  #panel = null;
  #chosen = null;
  #zoom = null;
  #incident = null;

  constructor(root) { this.#root = root; }

  show(incident) {
    this.#incident = incident;
    const item = (incident.evidence ?? []).find((one) => one.name === FILE);
    if (!item || this.#curves || this.#loading) return;
    this.#loading = true;
    get(item.href).then((curves) => {
      this.#curves = curves;
      this.#chosen = new Set(this.#first());
      this.#draw();
    }).catch(() => { /* it comes with the next change, or was removed */ }).finally(() => { this.#loading = false; });
  }

  #metrics() { return [...new Set(this.#curves.series.map((one) => one.metric))].sort(); }

  /** What the incident is about comes first: metrics of picture for a picture's defect. */
  #first() {
    const area = this.#incident.cause.split(".")[0];
    const own = this.#metrics().filter((metric) => metric.startsWith(area + "."));
    return firstOf(own.length > 0 ? own : this.#metrics());
  }

  #draw() {
    const metrics = this.#metrics();
    render(html`
      <div class="spread"><h2>Curves around it</h2>
        ${this.#zoom ? html`<button class="button slim" @click=${() => { this.#zoom = null; this.#draw(); }}>Whole range</button>` : html`<span class="dim small">drag to zoom</span>`}</div>
      ${metrics.length === 0 ? html`<p class="dim">No curves were recorded around it.</p>` : html`
        <details class="small"><summary>Choose curves</summary><div class="choices" role="group" aria-label="Metrics">${metrics.map((metric) => html`
          <button class="button" title=${metric} aria-pressed=${this.#chosen.has(metric)} @click=${() => { if (!this.#chosen.delete(metric)) this.#chosen.add(metric); this.#draw(); }}>${titleOf(metric)}</button>`)}</div></details>`}
      <div class="charts"></div>`, this.#root);
    this.#panel ??= new ChartPanel(this.#root.querySelector(".charts"), `incident-${this.#incident.id}`, (from, to) => { this.#zoom = [from, to]; this.#draw(); });
    const groups = metrics.filter((metric) => this.#chosen.has(metric)).map((metric) => ({
      metric,
      curves: this.#curves.series.filter((one) => one.metric === metric).slice(0, MOST).map((one) => ({
        name: curveName(one),
        times: one.points.map(([at]) => at / 1000),
        values: one.points.map(([, value]) => value),
      })),
    }));
    this.#panel.show(groups, this.#zoom ?? [this.#curves.fromMillis / 1000, this.#curves.toMillis / 1000], [spanOf(this.#incident)]);
  }

  close() { this.#panel?.close(); }
}
