// A group of charts that share cursor and range, one per metric. Elements are made once per metric,
// curves are exchanged in place.
import { html, render, nothing } from "/page/kit/lit.js";
import { Plot } from "/page/charts/plot.js";
import { legend, usualKey } from "/page/charts/legend.js";
import { titleOf, unitOf } from "/page/charts/metrics.js";

export class ChartPanel {
  #element;
  #sync;
  #onRange;
  #charts = new Map();

  /** @param onRange called with [from, to] in seconds when somebody drags */
  constructor(element, sync, onRange) {
    this.#element = element;
    this.#sync = sync;
    this.#onRange = onRange;
  }

  /**
   * @param groups [{metric, curves, spans}], as a plot takes them
   * @param spans of the groups that have none of their own
   */
  show(groups, range, spans) {
    const wanted = new Set(groups.map((group) => group.metric));
    for (const [metric, chart] of this.#charts) {
      if (wanted.has(metric)) continue;
      chart.plot.close();
      chart.card.remove();
      this.#charts.delete(metric);
    }
    for (const group of groups) {
      const chart = this.#charts.get(group.metric) ?? this.#make(group.metric);
      chart.names = group.curves.map((curve) => curve.name);
      chart.ranged = group.curves.filter((curve) => curve.usual).length;
      this.#legend(chart, null, null);
      chart.plot.show(group.curves, range, group.spans ?? spans);
      this.#element.append(chart.card);
    }
  }

  #make(metric) {
    const card = document.createElement("section");
    card.className = "card chart";
    const unit = unitOf(metric);
    const head = document.createElement("div");
    const place = document.createElement("div");
    place.className = "plot";
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", `${titleOf(metric)} over time`);
    card.append(head, place);
    this.#element.append(card);
    const chart = { card, head, names: [], metric, unit };
    chart.plot = new Plot(place, {
      sync: this.#sync,
      unit,
      onRange: this.#onRange,
      onCursor: (index, data) => this.#legend(chart, index, data),
    });
    this.#charts.set(metric, chart);
    return chart;
  }

  #legend(chart, index, data) {
    const values = index === null || index === undefined || !data ? null : data.slice(1).map((column) => column[index]);
    render(html`<div class="spread"><h3 title=${chart.metric}>${titleOf(chart.metric)} <span class="dim small">${chart.unit}</span></h3></div>
      <div class="legend">${legend(chart.names, values, chart.unit)}${chart.ranged === 1 ? usualKey(chart.names.length, values, chart.unit) : nothing}</div>`, chart.head);
  }

  close() {
    for (const { plot } of this.#charts.values()) plot.close();
    this.#charts.clear();
  }
}
