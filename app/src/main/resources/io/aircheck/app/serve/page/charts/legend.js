// Names of curves with their strokes and the value under the cursor.
import { html } from "/page/kit/lit.js";

const DASHES = ["none", "7 3", "2 3", "9 3 2 3", "12 3", "4 2"];

export const legend = (names, values, unit) => names.map((name, i) => html`
  <span class="key"><svg class="swatch-${(i % 6) + 1}" aria-hidden="true"><line x1="0" x2="22" y1="4" y2="4" stroke="currentColor" stroke-width="2.5" stroke-dasharray=${DASHES[i % 6]}/></svg>
    ${name} <span class="num">${shown(values?.[i], unit)}</span></span>`);

/** The range in which the only curve that has one lies as a rule: its bounds are behind the curves. */
export const usualKey = (curves, values, unit) => html`
  <span class="key"><span class="swatch-usual" aria-hidden="true"></span>usual <span class="num">${values?.[curves] === undefined || values[curves] === null ? "" : `${shown(values[curves + 1], "")}– ${shown(values[curves], unit)}`}</span></span>`;

const shown = (value, unit) => (value === undefined || value === null ? "" : `${+value.toFixed(2)} ${unit}`);
