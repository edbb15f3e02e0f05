// Channels: whether they can be reached, and a test of each.
import { html, nothing } from "/page/kit/lit.js";
import { get, path, post } from "/page/kit/api.js";
import { badge } from "/page/kit/words.js";
import { announce, problem } from "/page/kit/notice.js";

export class Channels {
  #paint;
  #items = null;
  #error = "";
  #checked = false;
  #answers = new Map();

  constructor(paint) { this.#paint = paint; }

  async load(check = false) {
    try {
      this.#items = (await get(`/v1/channels${check ? "?check=1" : ""}`)).items;
      this.#checked = check;
      this.#error = "";
    } catch (failure) {
      this.#error = failure.message;
    }
    this.#paint();
  }

  async #test(id) {
    this.#answers.set(id, { busy: true });
    this.#paint();
    try {
      const { delivered, answer } = await post(path`/v1/channels/${id}/test`);
      this.#answers.set(id, { delivered, answer });
      announce(`${id}: ${delivered ? "delivered" : "not delivered"}`);
    } catch (failure) {
      this.#answers.set(id, { delivered: false, answer: failure.message });
    }
    this.#paint();
  }

  draw() {
    if (this.#error) return problem(this.#error);
    if (!this.#items) return html`<p class="dim">Loading…</p>`;
    if (this.#items.length === 0) return html`<p class="dim">None yet: incidents are only shown here. Declare a webhook, Slack, PagerDuty, Alertmanager, e-mail, SNS or Kafka under <code>channels</code>, and a route to it under <code>routes</code>.</p>`;
    return html`
      <div class="channels">${this.#items.map((channel) => {
        const answer = this.#answers.get(channel.id);
        return html`
          <div class="channel">
            <div class="spread"><span class="row"><strong>${channel.id}</strong><span class="chip">${channel.type}</span>
              ${this.#checked ? (channel.problem ? badge({ level: "error", word: "Not usable" }) : badge({ level: "good", word: "Usable" })) : nothing}</span>
              <button class="button slim" ?disabled=${answer?.busy} @click=${() => this.#test(channel.id)}>${answer?.busy ? "Sending…" : "Send a test"}</button></div>
            ${channel.problem ? html`<div class="small error">${channel.problem}</div>` : nothing}
            ${answer && !answer.busy ? html`<div class="row small" role="status">${badge(answer.delivered ? { level: "good", word: "Delivered" } : { level: "error", word: "Not delivered" })} ${answer.answer}</div>` : nothing}
          </div>`;
      })}</div>
      <p><button class="button slim" @click=${() => this.load(true)}>Check all</button></p>`;
  }
}
