// Names of curves with their strokes and the value under the cursor.
import { html } from "/page/kit/lit.js";

const DASHES = ["none", "7 3", "2 3", "9 3 2 3", "12 3", "4 2"];

export const legend = (names, values, unit) => names.map((name, i) => html`
  <span class="key"><svg class="swatch-${(i % 6) + 1}" aria-hidden="true"><line x1="0" x2="22" y1="4" y2="4" stroke="currentColor" stroke-width="2.5" stroke-dasharray=${DASHES[i % 6]}/></svg>
    ${name} <span class="num">${shown(values?.[i], unit)}</span></span>`);

const shown = (value, unit) => (value === undefined || value === null ? "" : `${+value.toFixed(2)} ${unit}`);
