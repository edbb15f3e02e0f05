// Mutes of one stream: the line that says so, and the dialog that asks for one.
import { html, nothing } from "/page/kit/lit.js";
import { path, post, remove } from "/page/kit/api.js";
import { openDialog } from "/page/kit/dialog.js";
import { hint, problem } from "/page/kit/notice.js";
import { icon } from "/page/kit/icons.js";
import { time } from "/page/kit/time.js";

const LENGTHS = [[30, "30 minutes"], [60, "1 hour"], [240, "4 hours"], [1440, "a day"], [10080, "a week"]];

/** Whether a mute is in force on a stream, for all or some kinds. */
export const covers = (mute, stream) =>
  (!mute.from || Date.parse(mute.from) <= Date.now())
  && (mute.streams.length === 0 || mute.streams.includes(stream.id))
  && Object.entries(mute.labels).every(([name, value]) => stream.labels?.[name] === value);

/** A line for each mute that is in force. */
export const muteLines = (mutes, changed) => mutes.map((mute) => html`
  <div class="notice mild">${icon("muted")}<div>Nobody is told${mute.kinds.length > 0 ? ` of ${mute.kinds.join(", ")}` : ""} until ${time(mute.to)}${mute.reason ? html`: ${mute.reason}` : nothing}${mute.by ? html` <span class="dim">(${mute.by})</span>` : nothing}
    ${endButton(mute, changed)}</div></div>`);

/** Those of the configuration file are ended there. */
export const endButton = (mute, changed) => (mute.declaredIn === "api"
  ? html`<button class="button slim" @click=${() => remove(path`/v1/mutes/${mute.id}`).then(changed, changed)}>End it now</button>`
  : html`<span class="dim small">declared in the configuration file</span>`);

/** @returns whether it was muted */
export function muteStream(stream, name) {
  let error = "";
  const dialog = openDialog("Mute the stream", ({ close }) => html`
    <form @submit=${async (event) => {
      event.preventDefault();
      const { minutes, reason } = event.target.elements;
      try {
        await post("/v1/mutes", { streams: [stream.id], reason: reason.value.trim(), to: new Date(Date.now() + minutes.value * 60_000).toISOString() });
        close(true);
      } catch (failure) {
        error = failure.message;
        dialog.paint();
      }
    }}>
      <h2>Mute ${name}</h2>
      ${problem(error)}
      ${hint("Incidents are recorded all the same, with their evidence; nobody is told of them.")}
      <label class="field">For <select name="minutes" autofocus>${LENGTHS.map(([minutes, words]) => html`<option value=${minutes} ?selected=${minutes === 60}>${words}</option>`)}</select></label>
      <label class="field">Why <input name="reason" maxlength="200" placeholder="works at the encoder"></label>
      <div class="ends"><button type="button" class="button" @click=${() => close(false)}>Cancel</button><button class="button first">Mute it</button></div>
    </form>`);
  return dialog.closed;
}
