// For whom it is different: a row for each value of a dimension, those with most viewers first.
import { html, nothing } from "/page/kit/lit.js";
import { worded } from "/page/viewers/figures.js";

export const DIMENSIONS = [
  ["content", "Content"], ["cdn", "CDN"], ["country", "Country"], ["rendition", "Rendition"], ["network", "Network"], ["device", "Device"],
  ["browser", "Browser"], ["player", "Player"], ["playerVersion", "Player version"], ["appVersion", "App version"],
];

const COLUMNS = [
  ["Viewers", (row) => row.viewers, 0],
  ["Rebuffering, %", (row) => row.ratios.rebufferingPercent, 2, 1],
  ["Start-up, s", (row) => row.ratios.startupSeconds, 2, 1],
  ["Start failures, %", (row) => row.ratios.startFailurePercent, 1, 1],
  ["Left before start, %", (row) => row.ratios.exitsBeforeStartPercent, 1, 1],
  ["Bitrate, kbit/s", (row) => row.ratios.bitrateKbps, 0, -1],
  ["Latency, s", (row) => row.ratios.latencySeconds, 1, 1],
];

/** Value of a dimension, for people. */
export const nameOfValue = (value) => (value === "" || value === undefined ? "not known" : value);

/**
 * @param answer of /v1/viewers by the dimension
 * @param choose called with the name of another dimension
 * @param drill called with a value to look at alone
 */
export const breakdown = (answer, by, where, choose, drill) => html`
  <section class="card" aria-label="Break down">
    <div class="spread"><h2>By ${DIMENSIONS.find(([name]) => name === by)?.[1].toLowerCase() ?? by}</h2>
      <div class="choices" role="group" aria-label="Dimension">${DIMENSIONS.filter(([name]) => !where.has(name)).map(([name, word]) => html`
        <button class="button slim" aria-pressed=${name === by} @click=${() => choose(name)}>${word}</button>`)}</div></div>
    <div class="wide"><table class="breakdown">
      <thead><tr><th scope="col"></th>${COLUMNS.map(([name]) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${answer.rows.map((row) => html`
        <tr><th scope="row"><button class="button bare" title="Look at these alone" @click=${() => drill(row.values[by])}>${nameOfValue(row.values[by])}</button></th>
          ${COLUMNS.map(([, value, digits, worse]) => html`<td class="num ${worse && isOff(value(row), answer.rows.map(value), worse) ? "off" : ""}">${worded(value(row), digits)}</td>`)}</tr>`)}
        ${answer.otherDeltas > 0 ? html`<tr><th scope="row" class="dim">others, too rare for rows</th>${COLUMNS.map(([, value, digits]) => html`<td class="num dim">${worded(value(answer.others), digits)}</td>`)}</tr>` : nothing}
      </tbody></table></div>
    ${answer.moreRows > 0 ? html`<p class="dim small">${answer.moreRows} more with fewer viewers</p>` : nothing}
  </section>`;

/** Marked for the eye where a value is twice as bad as the middle one; alerts go by more than that. */
function isOff(value, all, worse) {
  const known = all.filter((one) => one !== undefined).sort((a, b) => a - b);
  if (value === undefined || known.length < 3) return false;
  const middle = known[Math.floor(known.length / 2)];
  return worse > 0 ? value > 2 * middle && value > 0.5 : value < middle / 2;
}
