// What people do about an incident: acknowledge, note, close by hand, reopen.
import { html, nothing } from "/page/kit/lit.js";
import { path, post } from "/page/kit/api.js";
import { announce, problem } from "/page/kit/notice.js";
import { openDialog } from "/page/kit/dialog.js";

const WHO = "aircheck-name";
const DONE = { acknowledge: "Acknowledged.", note: "Noted.", close: "Closed.", reopen: "Reopened." };

export class Actions {
  #id;
  #changed;
  #paint;
  #error = "";
  #busy = false;

  /** @param changed called with the incident after an action */
  constructor(id, changed, paint) {
    this.#id = id;
    this.#changed = changed;
    this.#paint = paint;
  }

  draw(incident) {
    const closed = incident.state === "closed";
    return html`
      <div class="row">
        ${closed ? html`<button class="button" ?disabled=${this.#busy} @click=${() => this.run("reopen")}>Reopen</button>` : html`
          ${incident.acknowledgement ? nothing : html`<button class="button first" ?disabled=${this.#busy} @click=${() => this.run("acknowledge")}>Acknowledge</button>`}
          <button class="button" ?disabled=${this.#busy} @click=${() => this.run("close")}>Close by hand</button>`}
        ${closed ? nothing : html`<button class="button" ?disabled=${this.#busy} @click=${() => this.write()}>Write a note</button>`}
        ${incident.acknowledgement ? html`<span class="dim">acknowledged by ${incident.acknowledgement.by}</span>` : nothing}
      </div>
      ${problem(this.#error)}`;
  }

  async run(action, text) {
    this.#busy = true;
    this.#error = "";
    this.#paint();
    try {
      const by = localStorage.getItem(WHO);
      const incident = await post(path`/v1/incidents/${this.#id}/actions`,
        { action, ...(text ? { text } : {}), ...(by ? { by } : {}) }, { "Idempotency-Key": newKey() });
      announce(DONE[action]);
      this.#changed(incident);
    } catch (failure) {
      this.#error = failure.message;
    }
    this.#busy = false;
    this.#paint();
  }

  async write() {
    const note = await openDialog("Write a note", ({ close }) => html`
      <form @submit=${(event) => {
        event.preventDefault();
        const { text, by } = event.target.elements;
        localStorage.setItem(WHO, by.value.trim());
        close(text.value.trim());
      }}>
        <h2>Write a note</h2>
        <label class="field">What is known, what was done <textarea name="text" rows="5" maxlength="10000" required autofocus></textarea></label>
        <label class="field">Your name (where no tokens are in use) <input name="by" maxlength="200" autocomplete="name" .value=${localStorage.getItem(WHO) ?? ""}></label>
        <div class="ends"><button type="button" class="button" @click=${() => close()}>Cancel</button><button class="button first">Note it</button></div>
      </form>`).closed;
    if (note) await this.run("note", note);
  }
}

/** Also where the page is not served over HTTPS, and crypto.randomUUID is not to be had. */
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
