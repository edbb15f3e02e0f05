// Notifications of an incident: which channel, what it answered; what is dead can be sent again.
import { html, nothing } from "/page/kit/lit.js";
import { path, post } from "/page/kit/api.js";
import { badge } from "/page/kit/words.js";
import { time } from "/page/kit/time.js";
import { announce } from "/page/kit/notice.js";

const STATES = {
  pending: { level: "starting", word: "Pending" },
  delivered: { level: "good", word: "Delivered" },
  dead: { level: "error", word: "Given up" },
};

/** @param reload called after something was sent again */
export function notifications(items, reload) {
  if (items.length === 0) return html`<p class="dim">Nobody: no route matches it, or it is muted. Routes are declared in the configuration file.</p>`;
  return html`<div class="channels">${items.map((item) => html`
    <div class="channel">
      <div class="spread"><span><strong>${item.channel}</strong> <span class="dim small">${item.event}</span></span>${badge(STATES[item.status] ?? { level: "info", word: item.status })}</div>
      <div class="small dim">${time(item.settled ?? item.created)} · ${item.attempts} ${item.attempts === 1 ? "attempt" : "attempts"}
        ${item.nextAttempt ? html` · next ${time(item.nextAttempt)}` : nothing}</div>
      ${item.answer ? html`<div class="small">${item.answer}</div>` : nothing}
      ${item.status === "dead" ? html`<div><button class="button slim" @click=${() => resend(item, reload)}>Send again</button></div>` : nothing}
    </div>`)}</div>`;
}

async function resend(item, reload) {
  try {
    await post(path`/v1/notifications/${item.id}/resend`);
    announce("It will be sent again.");
  } catch (failure) {
    announce(failure.message);
  }
  reload();
}
