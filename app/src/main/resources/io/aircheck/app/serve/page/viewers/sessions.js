// Single viewers of those who are looked at, and the way to one whose id is known.
import { html, nothing } from "/page/kit/lit.js";
import { navigate } from "/page/kit/address.js";
import { time } from "/page/kit/time.js";
import { worded } from "/page/kit/measures.js";
import { valueName } from "/page/kit/cohort.js";
import { sessionAddress } from "/page/viewers/address.js";
import { sessionState } from "/page/viewers/states.js";

const ORDERS = [["stalled", "who waited most for data"], ["startup", "who waited longest for the start"], ["errors", "who had most errors"], ["latest", "who was heard last"], ["watched", "who watched longest"]];

/**
 * @param items sessions; null: not opened
 * @param actions {open(opened), order(word)}
 */
export const sessions = (items, order, actions) => html`
  <details class="card" @toggle=${(event) => actions.open(event.target.open)} ?open=${items !== null}>
    <summary><h2>Single viewers</h2></summary>
    <div class="row">
      <label class="field">First <select @change=${(event) => actions.order(event.target.value)}>${ORDERS.map(([word, says]) => html`<option value=${word} ?selected=${word === order}>${says}</option>`)}</select></label>
      <form class="row" @submit=${go}><label class="field">Session <input name="id" required maxlength="64" spellcheck="false" autocomplete="off" placeholder="id, as the player made it up"></label><button class="button">Open it</button></form>
    </div>
    ${items === null ? nothing : items.length === 0 ? html`<p class="dim">Nobody is remembered of these. Sessions are kept for half an hour after their end.</p>` : table(items)}
  </details>`;

function go(event) {
  event.preventDefault();
  navigate(sessionAddress(event.target.elements.id.value.trim()));
}

const table = (items) => html`
  <div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="table">
    <thead><tr><th scope="col">Session</th><th scope="col">State</th><th scope="col">Content</th><th scope="col">Viewer</th><th scope="col">Start-up, s</th><th scope="col">Stalls</th><th scope="col">Stalled, s</th><th scope="col">Errors</th><th scope="col">Watched, min</th><th scope="col">Heard</th></tr></thead>
    <tbody>${items.map((one) => html`<tr>
      <td><a href=${sessionAddress(one.id)}><code>${one.id.slice(0, 8)}</code></a></td>
      <td>${sessionState(one)}</td><td>${valueName(one.content)}</td>
      <td class="small dim">${["device", "country", "cdn"].map((name) => one.attributes[name]).filter(Boolean).join(" · ")}</td>
      <td class="num">${worded(one.ratios.startupSeconds, 2)}</td><td class="num">${worded(one.sums.stalls, 0)}</td><td class="num">${worded(one.sums.stalledMillis / 1000, 1)}</td>
      <td class="num">${worded(one.sums.errors, 0)}</td><td class="num">${worded(one.sums.watchedMillis / 60_000, 1)}</td><td>${time(one.heard)}</td></tr>`)}</tbody></table></div>`;
