// For whom it is different: a row for each value of a dimension, those with most viewers first.
import { html, nothing } from "/page/kit/lit.js";
import { MEASURES, worded } from "/page/kit/measures.js";
import { dimensionName, titled, valueName } from "/page/kit/cohort.js";
import { mark } from "/page/viewers/figures.js";

const COLUMNS = ["rebufferingPercent", "startupSeconds", "startFailurePercent", "exitsBeforeStartPercent", "bitrateKbps", "latencySeconds"];

/**
 * @param answer of the API by the dimension
 * @param dimensions that can be chosen
 * @param actions {by(dimension), drill(value), compare(value), isCompared(value)}
 * @param download address of the rows; null: there are none
 * @param parquet address of the archived sessions; null: there are none
 */
export const breakdown = (answer, by, dimensions, actions, download, parquet) => html`
  <section class="card" aria-label="Break down">
    <div class="spread"><h2>${by ? `By ${dimensionName(by)}` : "Break down"}</h2>
      <div class="row">${download ? html`<a class="button slim" href=${download} download="viewers-by-${by}.csv">CSV</a>` : nothing}
        ${parquet ? html`<a class="button slim" href=${parquet} download title="The sessions of these viewers, of whole hours, each with a hash of its id">Sessions as Parquet</a>` : nothing}</div></div>
    ${dimensions.length === 0
      ? html`<p class="dim">No further dimension is kept together with these; <code>viewers.dimensions</code> in the configuration says which are.</p>`
      : html`
        <div class="choices" role="group" aria-label="Dimension">${dimensions.map((name) => html`
          <button class="button slim" aria-pressed=${name === by} @click=${() => actions.by(name)}>${titled(dimensionName(name))}</button>`)}</div>
        ${answer ? table(answer, by, actions) : nothing}`}
  </section>`;

const table = (answer, by, actions) => answer.rows.length === 0 ? html`<p class="dim">Nobody watched in this time.</p>` : html`
  <div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="breakdown">
    <thead><tr><th scope="col">${titled(dimensionName(by))}</th><th scope="col">Viewers</th>${COLUMNS.map((id) => html`
      <th scope="col" title=${MEASURES[id].line}>${MEASURES[id].name}, ${MEASURES[id].unit}</th>`)}<th scope="col"><span class="unseen">Compare</span></th></tr></thead>
    <tbody>${answer.rows.map((row) => line(row, row.values[by], answer, actions))}
      ${answer.otherDeltas > 0 ? html`<tr class="dim"><th scope="row">others, too rare for rows</th>${cells(answer.others)}<td></td></tr>` : nothing}
    </tbody></table></div>
  ${answer.moreRows > 0 ? html`<p class="dim small">${answer.moreRows} more with fewer viewers; CSV has up to a thousand.</p>` : nothing}`;

const line = (row, value, answer, actions) => html`
  <tr><th scope="row"><span class="share"><svg aria-hidden="true"><rect width="${share(row, answer)}%" height="100%"/></svg>
      <button class="button bare slim" title="Look at these alone" @click=${() => actions.drill(value)}>${valueName(value)}</button></span></th>
    ${cells(row)}
    <td><button class="button slim" aria-pressed=${actions.isCompared(value)} aria-label="Compare ${valueName(value)}" @click=${() => actions.compare(value)}>Compare</button></td></tr>`;

/** The bar behind a name: its viewers as a part of those of the first. */
const share = (row, answer) => Math.round(100 * row.viewers / Math.max(...answer.rows.map((one) => one.viewers), 1e-9));

const cells = (row) => html`<td class="num">${worded(row.viewers, 0)}</td>${COLUMNS.map((id) => {
  const usual = row.usual?.[id];
  return html`<td class="num" title=${usual ? `usual ${worded(usual.value, MEASURES[id].digits)}, as a rule from ${worded(usual.low, MEASURES[id].digits)} to ${worded(usual.high, MEASURES[id].digits)}` : nothing}>${mark(usual)} ${worded(row.ratios[id], MEASURES[id].digits)}</td>`;
})}`;
