// The numbers of a single viewer, and what happened as a list.
import { html, nothing } from "/page/kit/lit.js";
import { time, span as lasting } from "/page/kit/time.js";
import { MEASURES, worded } from "/page/kit/measures.js";
import { activityWord } from "/page/viewers/activities.js";

const RATIOS = ["startupSeconds", "rebufferingPercent", "bitrateKbps", "latencySeconds"];
/** Requests that are listed, the latest. */
const MOST = 100;

/** @param session of the API */
export const sessionFacts = (session) => html`
  <dl class="figures" aria-label="Numbers of this view">
    ${figure("Score", session.score.whole, 0, "of 100", parts(session.score))}
    ${figure("Watched", session.sums.watchedMillis / 60_000, 1, "min", "playing and waiting in sight")}
    ${RATIOS.map((id) => figure(MEASURES[id].name, session.ratios[id], MEASURES[id].digits, MEASURES[id].unit, MEASURES[id].line.replace(/, mean of.*/, "")))}
    ${figure("Stalls", session.sums.stalls, 0, "", `${worded(session.sums.stalledMillis / 1000, 1)} s in all`)}
    ${figure("Reports", session.sums.reports, 0, "", `${session.sums.lost} lost, ${session.sums.late} late, ${session.sums.duplicates} twice`)}
  </dl>`;

const figure = (name, value, digits, unit, more) => html`
  <div class="card"><dt>${name}</dt><dd class="value num">${worded(value, digits)}${unit && value !== undefined ? html` <span class="unit">${unit}</span>` : nothing}</dd><dd class="small dim">${more}</dd></div>`;

const parts = ({ smoothness, startup, quality, failure }) => [["smoothness", smoothness], ["start-up", startup], ["quality", quality], ["failure", failure]]
  .filter(([, value]) => value !== undefined).map(([name, value]) => `${name} ${worded(value, 0)}`).join(", ");

/** The same as the drawing, for who reads or listens. */
export const sessionLists = ({ spans, errors, requests }) => html`
  ${errors.length === 0 ? nothing : html`
    <section class="card scroll" aria-label="Errors"><h2>Errors</h2><table class="table"><thead><tr><th scope="col">At</th><th scope="col">Code</th><th scope="col"></th></tr></thead>
      <tbody>${errors.map((one) => html`<tr><td>${time(one.at)}</td><td><code>${one.code || "not told"}</code></td><td>${one.fatal ? "ended playback" : nothing}</td></tr>`)}</tbody></table></section>`}
  ${requests.length === 0 ? nothing : html`
    <details class="card"><summary><h2>Requests</h2></summary><div class="scroll"><table class="table"><thead><tr><th scope="col">At</th><th scope="col">Host</th><th scope="col">Path</th><th scope="col">Status</th><th scope="col">First byte, ms</th><th scope="col">Last byte, ms</th></tr></thead>
      <tbody>${requests.slice(-MOST).map((one) => html`<tr><td>${time(one.at)}</td><td>${one.host}</td><td><code>${one.path}</code></td><td class="num">${one.status === 0 ? "no answer" : one.status}</td><td class="num">${one.firstByteMillis}</td><td class="num">${one.lastByteMillis}</td></tr>`)}</tbody></table></div></details>`}
  <details class="card"><summary><h2>The time line as a list</h2></summary>
    <ol class="spans">${spans.map(({ activity, from, to }) => html`<li>${time(from)} ${activityWord(activity)} <span class="dim num">${lasting((Date.parse(to) - Date.parse(from)) / 1000)}</span></li>`)}</ol></details>`;
