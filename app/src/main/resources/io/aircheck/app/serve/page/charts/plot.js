// A chart over time: some curves with one unit, incidents shaded behind them, a cursor that all
// charts of a view share, and a range that is chosen by dragging.
import { clock } from "/page/kit/time.js";
import { scale } from "/page/charts/scale.js";
import uPlot from "/page/lib/uplot/uPlot.esm.js";

const COLOURS = 6;
const SEVERITIES = ["info", "warning", "error"];
const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [12, 3], [4, 2]];
const HEIGHT = 170;
/** Width of the axis of values. */
export const AXIS = 52;
/** What is left free behind the end. */
export const RIGHT = 8;
/** A value holds until the next one. */
const STEPPED = uPlot.paths.stepped({ align: 1 });

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
   * @param curves [{name, times, values, usual, stepped, sparse, fromZero}] in seconds; usual: {low, high}, where values lie as a
   *     rule; stepped: a value holds until the next; sparse: between values nothing happened; fromZero: zero is
   *     in the picture
   * @param range [from, to] in seconds
   * @param spans [{from, to, severity}] in seconds, shaded
   */
  show(curves, range, spans) {
    this.#last = [curves, range, spans];
    this.#spans = spans;
    const data = aligned(curves);
    const shape = curves.map((curve) => `${curve.name}${curve.usual ? " usual" : ""}`).join("\n");
    if (!this.#chart || shape !== this.#shape) this.#make(curves, data, shape);
    else this.#chart.setData(data, false);
    this.#chart.setScale("x", { min: range[0], max: range[1] });
  }

  #make(curves, data, shape) {
    this.#chart?.destroy();
    this.#shape = shape;
    // Two columns behind those of the curves for each that has a range.
    const bounds = curves.flatMap((curve, i) => (curve.usual ? [i, i] : []));
    const dim = token("--dim");
    const line = token("--line");
    const size = scale();
    const axis = { stroke: dim, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: `${11 * size}px system-ui, sans-serif` };
    this.#chart = new uPlot({
      width: Math.max(this.#element.clientWidth, 100),
      height: HEIGHT * size,
      padding: [8, RIGHT, 0, 0],
      cursor: { sync: { key: this.#options.sync, setSeries: false }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
      legend: { show: false },
      scales: { x: { time: true, auto: false }, y: { range: (_, low, high) => roomy(curves.some((curve) => curve.fromZero) ? Math.min(low ?? 0, 0) : low, high) } },
      axes: [{ ...axis, space: 80 * size, size: 30 * size, values: (_, times, __, ___, step) => times.map((at) => tick(at * 1000, step)) }, { ...axis, space: 30 * size, size: AXIS * size, values: (_, values) => values.map((value) => +value.toFixed(3)) }],
      series: [{}, ...curves.map((curve, i) => ({
        label: curve.name,
        stroke: token(`--curve-${(i % COLOURS) + 1}`),
        width: 1.6,
        dash: DASHES[i % DASHES.length],
        points: { show: false },
        spanGaps: curve.sparse === true,
        paths: curve.stepped ? STEPPED : undefined,
      })), ...bounds.map(() => ({ points: { show: false }, cursor: { show: false } }))],
      bands: bounds.filter((_, i) => i % 2 === 0).map((curve, i) => ({
        series: [curves.length + 2 * i + 1, curves.length + 2 * i + 2],
        fill: faint(token(`--curve-${(curve % COLOURS) + 1}`)),
      })),
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
    for (const severity of SEVERITIES) {
      const places = this.#spans.filter((span) => span.severity === severity).map((span) => {
        const left = Math.max(bbox.left, chart.valToPos(span.from, "x", true));
        return [left, Math.min(bbox.left + bbox.width, chart.valToPos(span.to, "x", true))];
      }).filter(([left, right]) => right >= bbox.left && left <= bbox.left + bbox.width);
      if (places.length === 0) continue;
      ctx.fillStyle = token(`--${severity}`);
      // As one area: where several overlap it is no darker.
      const fill = (alpha, height) => {
        ctx.globalAlpha = alpha;
        ctx.beginPath();
        for (const [left, right] of places) ctx.rect(left, bbox.top, Math.max(2, right - left), height);
        ctx.fill();
      };
      fill(0.1, bbox.height);
      fill(0.9, 4);
    }
    ctx.restore();
  }

  #fit() {
    if (this.#chart && this.#element.clientWidth > 0) this.#chart.setSize({ width: this.#element.clientWidth, height: HEIGHT * scale() });
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
  const column = (of, values) => {
    const column = new Array(times.length).fill(null);
    of.forEach((time, i) => { column[place.get(time)] = values[i]; });
    return column;
  };
  return [
    times,
    ...curves.map((curve) => column(curve.times, curve.values)),
    ...curves.filter((curve) => curve.usual).flatMap((curve) => [column(curve.times, curve.usual.high), column(curve.times, curve.usual.low)]),
  ];
}

const faint = (colour) => colour.replace("rgb(", "rgba(").replace(")", ", .16)");

/** Flat curves need room as well, or they lie on the edge; what is never negative needs none below zero. */
function roomy(low, high) {
  if (low === null || high === null) return [0, 1];
  const margin = high > low ? (high - low) * 0.1 : Math.max(Math.abs(high) * 0.1, 0.5);
  return [low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}
