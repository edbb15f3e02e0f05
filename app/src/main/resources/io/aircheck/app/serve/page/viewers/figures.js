// The numbers that an operations team asks for first, each with what is usual and what it means.
import { html, nothing } from "/page/kit/lit.js";
import { icon } from "/page/kit/icons.js";
import { MEASURES, worded, wordedOf } from "/page/kit/measures.js";
import { defined } from "/page/viewers/definitions.js";

const SHOWN = ["viewers", "startupSeconds", "startFailurePercent", "exitsBeforeStartPercent", "rebufferingPercent", "playbackFailurePercent", "bitrateKbps", "latencySeconds"];
/** Percentiles that say more than a mean, by the ids of the API, and their scale. */
const SPREAD = { startupSeconds: ["startupMillis", 1000], latencySeconds: ["latencyMillis", 1000], bitrateKbps: ["bitrateKbps", 1] };

/**
 * @param row sums and ratios of all of them; undefined: nothing has come
 * @param now how many watched in the latest window that is complete; undefined: not known
 */
export const figures = (row, now, definitions) => html`
  <dl class="figures" aria-label="Now">${SHOWN.map((id) => figure(id, row, now, definitions))}</dl>`;

function figure(id, row, now, definitions) {
  const { name, unit, digits } = MEASURES[id];
  const value = id === "viewers" ? now : row?.ratios[id];
  const usual = row?.usual?.[id];
  return html`
    <div class="card"><dt>${name}</dt>
      <dd class="value num">${worded(value, digits)}${unit && value !== undefined ? html` <span class="unit">${unit}</span>` : nothing}</dd>
      ${usual ? html`<dd class="usual small num" title="as a rule from ${worded(usual.low, digits)} to ${worded(usual.high, digits)}, of so many viewers">${mark(usual)} usual ${worded(usual.value, digits)}</dd>` : nothing}
      ${spread(id, row)}
      <dd class="small">${defined(id, definitions)}</dd></div>`;
}

/** What is worse by so much that an alert goes on: words as well as signs and colours. */
export const mark = (usual) => (usual?.worse ? html`<span class="badge warning">${icon("warning")}worse</span>` : nothing);

function spread(id, row) {
  const [percentile, scale] = SPREAD[id] ?? [];
  const found = row?.percentiles?.[percentile];
  if (!found) return nothing;
  const low = id === "bitrateKbps";
  return html`<dd class="small dim num" title=${low ? "half of the media shown is below" : "half of them within, and 95 of 100 within"}>median ${wordedOf(id, found.p50 / scale)}${low ? nothing : `, 95 % within ${wordedOf(id, found.p95 / scale)}`}</dd>`;
}
