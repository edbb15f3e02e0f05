// Stretches of time in lanes, one below the other, above charts of the same range: they lie as far
// from the left and right as the curves do.
import { html, svg, render, nothing } from "/page/kit/lit.js";
import { AXIS, RIGHT } from "/page/charts/plot.js";
import { scale } from "/page/charts/scale.js";

const HEIGHT = 24;
const NARROWEST = 2;
/** Kinds are told apart by their height as well as by their colour. */
const HEIGHTS = { full: 24, high: 18, middle: 12, low: 6 };

export class Lanes {
  #element;
  #last = null;
  #resize = new ResizeObserver(() => { if (this.#last) this.show(...this.#last); });

  constructor(element) {
    this.#element = element;
    this.#resize.observe(element);
  }

  /**
   * @param lanes [{name, spans: [{from, to, kind, height, title, href}], marks: [{at, kind, title}]}], times in seconds
   * @param range [from, to] in seconds
   */
  show(lanes, range) {
    this.#last = [lanes, range];
    const width = Math.max(this.#element.clientWidth, 200);
    render(lanes.map((lane) => html`
      <div class="lane"><h3>${lane.name}</h3>${drawing(lane, range, width)}</div>`), this.#element);
  }

  close() { this.#resize.disconnect(); }
}

function drawing(lane, [from, to], width) {
  const left = AXIS * scale();
  const x = (seconds) => left + ((seconds - from) / (to - from)) * (width - left - RIGHT);
  const clip = (at) => Math.min(width - RIGHT, Math.max(left, at));
  return html`
    <svg width=${width} height=${HEIGHT} role="group" aria-label=${lane.name}>
      <line class="base" x1=${left} x2=${width - RIGHT} y1=${HEIGHT / 2} y2=${HEIGHT / 2}/>
      ${lane.spans.filter((span) => span.to >= from && span.from <= to).map((span) => {
        const begin = clip(x(span.from));
        const wide = Math.max(NARROWEST, clip(x(span.to)) - begin);
        const high = HEIGHTS[span.height];
        const bar = svg`<rect class="stretch ${span.kind}" x=${begin} y=${(HEIGHT - high) / 2} width=${wide} height=${high} rx="2"><title>${span.title}</title></rect>`;
        return span.href ? svg`<a href=${span.href} aria-label=${span.title}>${bar}</a>` : bar;
      })}
      ${(lane.marks ?? []).filter((mark) => mark.at >= from && mark.at <= to).map((mark) => svg`
        <path class="mark ${mark.kind}" d="M${x(mark.at)} 2 l8 20 h-16 z"><title>${mark.title}</title></path>`)}
    </svg>`;
}

/** Kinds with what they stand for. */
export const laneLegend = (items) => html`<div class="legend">${items.map(({ kind, height, word, value }) => html`
  <span class="key"><svg width="22" height="14" aria-hidden="true"><rect class="stretch ${kind}" y=${(14 - 0.58 * HEIGHTS[height]) / 2} width="22" height=${0.58 * HEIGHTS[height]} rx="2"/></svg>${word}${value ? html` <span class="num">${value}</span>` : nothing}</span>`)}</div>`;
