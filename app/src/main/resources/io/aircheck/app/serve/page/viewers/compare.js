// Two groups of viewers side by side, or some viewers now and before.
import { html, nothing } from "/page/kit/lit.js";
import { MEASURES, worded } from "/page/kit/measures.js";
import { cohortName } from "/page/kit/cohort.js";

export const ROWS = ["startupSeconds", "failedViewsPercent", "startFailurePercent", "exitsBeforeStartPercent", "startingPercent", "seekingPercent", "rebufferingPercent", "stallsPerView", "stallsPerHour", "playbackFailurePercent", "bitrateKbps", "latencySeconds", "watchedMinutesPerView", "lostPercent"];

/**
 * @param compared [{where, row}], one or two; row: sums and ratios
 * @param forget called with the conditions of one
 */
export const groupsCompared = (compared, forget) => comparison(compared.map((one) => ({ ...one, name: cohortName(one.where) })), (one) => forget(one.where));

/** @param compared [{name, row}] of two times */
export const timesCompared = (compared, forget) => comparison(compared, forget);

const comparison = (compared, forget) => html`
  <section class="card" aria-label="Comparison">
    <div class="spread"><h2>Compared</h2>
      <div class="row">${compared.map((one, i) => html`
        <button class="button slim" aria-label="Do not compare ${one.name}" @click=${() => forget(one)}><span class="swatch-${i + 1}" aria-hidden="true">■</span>${one.name} ×</button>`)}</div></div>
    ${compared.length < 2 ? html`<p class="dim">Choose a second group: another row below, or look at others first. The curves are those of the compared.</p>` : table(compared)}
  </section>`;

const table = ([first, second]) => html`
  <div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="compare">
    <thead><tr><th scope="col"></th><th scope="col">${first.name}</th><th scope="col">${second.name}</th><th scope="col">second to first</th></tr></thead>
    <tbody>
      <tr><th scope="row">Viewers</th><td class="num">${worded(first.row?.viewers, 0)}</td><td class="num">${worded(second.row?.viewers, 0)}</td><td></td></tr>
      ${ROWS.map((id) => line(id, first.row?.ratios[id], second.row?.ratios[id]))}</tbody></table></div>`;

const line = (id, first, second) => first === undefined && second === undefined ? nothing : html`
  <tr><th scope="row" title=${MEASURES[id].line}>${MEASURES[id].name}, ${MEASURES[id].unit}</th>
    <td class="num">${worded(first, MEASURES[id].digits)}</td><td class="num">${worded(second, MEASURES[id].digits)}</td>
    <td class="num">${first > 0 && second !== undefined ? `× ${worded(second / first, 2)}` : "–"}</td></tr>`;
