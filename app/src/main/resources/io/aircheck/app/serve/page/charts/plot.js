// A chart over time: some curves with one unit, incidents shaded behind them, a cursor that all
// charts of a view share, and a range that is chosen by dragging.
import { clock } from "/page/kit/time.js";
import uPlot from "/page/lib/uplot/uPlot.esm.js";

const COLOURS = 6;
const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [12, 3], [4, 2]];
const HEIGHT = 170;

const token = (name) => {
  // light-dark() is only worked out for properties that are colours.
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
};

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DATE = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** A time on the axis, as exact as the step between two needs. */
function tick(at, stepSeconds) {
  if (stepSeconds >= 86_400) return DATE.format(at);
  if (stepSeconds >= 10_800) return `${DATE.format(at)} ${TIME.format(at)}`;
  return stepSeconds < 60 ? clock(at) : TIME.format(at);
}

export class Plot {
  #element;
  #chart = null;
  #shape = "";
  #options;
  #spans = [];
  #resize = new ResizeObserver(() => this.#fit());
  #theme = () => { this.#shape = ""; this.#last && this.show(...this.#last); };
  #last = null;

  /** @param options {sync, unit, onRange(from, to), onCursor(index)}; times are in seconds */
  constructor(element, options) {
    this.#element = element;
    this.#options = options;
    this.#resize.observe(element);
    document.addEventListener("themechange", this.#theme);
  }

  /**
   * @param curves [{name, times, values}] in seconds
   * @param range [from, to] in seconds
   * @param spans [{from, to, severity}] in seconds, shaded
   */
  show(curves, range, spans) {
    this.#last = [curves, range, spans];
    this.#spans = spans;
    const data = aligned(curves);
    const shape = curves.map((curve) => curve.name).join("\n");
    if (!this.#chart || shape !== this.#shape) this.#make(curves, data, shape);
    else this.#chart.setData(data, false);
    this.#chart.setScale("x", { min: range[0], max: range[1] });
  }

  #make(curves, data, shape) {
    this.#chart?.destroy();
    this.#shape = shape;
    const dim = token("--dim");
    const line = token("--line");
    const axis = { stroke: dim, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: "11px system-ui, sans-serif" };
    this.#chart = new uPlot({
      width: Math.max(this.#element.clientWidth, 100),
      height: HEIGHT,
      padding: [8, 8, 0, 0],
      cursor: { sync: { key: this.#options.sync, setSeries: false }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
      legend: { show: false },
      scales: { x: { time: true, auto: false }, y: { range: (_, low, high) => roomy(low, high) } },
      axes: [{ ...axis, space: 80, values: (_, times, __, ___, step) => times.map((at) => tick(at * 1000, step)) }, { ...axis, size: 52, values: (_, values) => values.map((value) => +value.toFixed(3)) }],
      series: [{}, ...curves.map((curve, i) => ({
        label: curve.name,
        stroke: token(`--curve-${(i % COLOURS) + 1}`),
        width: 1.6,
        dash: DASHES[i % DASHES.length],
        points: { show: false },
        spanGaps: false,
      }))],
      hooks: {
        drawClear: [(chart) => this.#shade(chart)],
        setSelect: [(chart) => this.#selected(chart)],
        setCursor: [(chart) => this.#options.onCursor?.(chart.cursor.idx, chart.data)],
      },
    }, data, this.#element);
  }

  #selected(chart) {
    const { left, width } = chart.select;
    if (width < 4) return;
    const from = chart.posToVal(left, "x");
    const to = chart.posToVal(left + width, "x");
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#options.onRange?.(from, to);
  }

  #shade(chart) {
    const { ctx, bbox } = chart;
    ctx.save();
    for (const span of this.#spans) {
      const left = Math.max(bbox.left, chart.valToPos(span.from, "x", true));
      const right = Math.min(bbox.left + bbox.width, chart.valToPos(span.to, "x", true));
      if (right < bbox.left || left > bbox.left + bbox.width) continue;
      const colour = token(`--${span.severity}`);
      ctx.globalAlpha = 0.1;
      ctx.fillStyle = colour;
      ctx.fillRect(left, bbox.top, Math.max(2, right - left), bbox.height);
      ctx.globalAlpha = 0.9;
      ctx.fillRect(left, bbox.top, Math.max(2, right - left), 4);
    }
    ctx.restore();
  }

  #fit() {
    if (this.#chart && this.#element.clientWidth > 0) this.#chart.setSize({ width: this.#element.clientWidth, height: HEIGHT });
  }

  close() {
    this.#resize.disconnect();
    document.removeEventListener("themechange", this.#theme);
    this.#chart?.destroy();
    this.#chart = null;
  }
}

/** One axis of times for all curves; null where a curve has no value. */
function aligned(curves) {
  const times = [...new Set(curves.flatMap((curve) => curve.times))].sort((a, b) => a - b);
  const place = new Map(times.map((time, i) => [time, i]));
  const columns = curves.map((curve) => {
    const column = new Array(times.length).fill(null);
    curve.times.forEach((time, i) => { column[place.get(time)] = curve.values[i]; });
    return column;
  });
  return [times, ...columns];
}

/** Flat curves need room as well, or they lie on the edge. */
function roomy(low, high) {
  if (low === null || high === null) return [0, 1];
  const margin = high > low ? (high - low) * 0.1 : Math.max(Math.abs(high) * 0.1, 0.5);
  return [low - margin, high + margin];
}
