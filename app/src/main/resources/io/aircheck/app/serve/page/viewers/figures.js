// The numbers that an operations team asks for first.
import { html, nothing } from "/page/kit/lit.js";

const FIGURES = [
  ["Viewers", (sums) => sums.viewers, "", 0, "sessions in a window of ten seconds, on average"],
  ["Start-up time", (sums) => sums.ratios.startupSeconds, "s", 2, "mean of the plays that began"],
  ["Start failures", (sums) => sums.ratios.startFailurePercent, "%", 1, "of the views asked for"],
  ["Left before start", (sums) => sums.ratios.exitsBeforeStartPercent, "%", 1, "of the views asked for"],
  ["Playback failures", (sums) => sums.ratios.playbackFailurePercent, "%", 1, "of the plays"],
  ["Rebuffering", (sums) => sums.ratios.rebufferingPercent, "%", 2, "of the time watched"],
  ["Bitrate", (sums) => sums.ratios.bitrateKbps, "kbit/s", 0, "mean over the media shown"],
  ["Latency", (sums) => sums.ratios.latencySeconds, "s", 1, "mean over the time played"],
];

/** @param answer of /v1/viewers without dimensions */
export const figures = (answer) => {
  const sums = answer.rows[0];
  if (!sums) return html`<p class="dim">No report has come in this time.</p>`;
  return html`<dl class="figures" aria-label="Now">${FIGURES.map(([name, value, unit, digits, meaning]) => html`
    <div class="card" title=${meaning}><dt>${name}</dt><dd class="num">${worded(value(sums), digits)}${unit && value(sums) !== undefined ? html` <span class="dim small">${unit}</span>` : nothing}</dd></div>`)}</dl>`;
};

/** A number as people read it; a dash where there is none. */
export const worded = (value, digits) => value === undefined || value === null ? "–" : value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
