// Changes or removes a stream.
import { html, nothing } from "/page/kit/lit.js";
import { get, patch, path, remove } from "/page/kit/api.js";
import { openDialog } from "/page/kit/dialog.js";
import { hint, problem } from "/page/kit/notice.js";
import { nameOf } from "/page/kit/words.js";
import { changesOf, fields } from "/page/stream/form.js";

/** What stands in an address instead of a secret. */
const HIDDEN = "***";

/** @returns whether it was saved */
export function editStream(stream) {
  let policies = [stream.policy];
  let error = "";
  const dialog = openDialog("Edit the stream", draw);
  get("/v1/settings").then((settings) => {
    policies = settings.policies.map((policy) => policy.name);
    dialog.paint();
  }, () => { /* its own policy stays */ });

  async function save(event) {
    event.preventDefault();
    const form = event.target;
    const url = form.elements.url.value.trim();
    const address = url && url !== stream.url ? { url } : {};
    try {
      await patch(path`/v1/streams/${stream.id}`, { ...address, ...changesOf(form, stream) }, { "If-Match": `"${stream.revision}"` });
      dialog.close(true);
    } catch (failure) {
      error = failure.status === 412 ? "Somebody else has changed it meanwhile. Close this and open it again." : failure.message;
      dialog.paint();
    }
  }

  function draw({ close }) {
    const hidden = stream.url.includes(HIDDEN);
    return html`
      <form @submit=${save}>
        <h2>Edit ${nameOf(stream)}</h2>
        ${problem(error)}
        <label class="field">Address <input name="url" ?required=${!hidden} spellcheck="false" .value=${hidden ? "" : stream.url} placeholder=${stream.url}></label>
        ${hidden ? hint("The address has a secret that is never shown. Leave it empty to keep it.") : nothing}
        ${fields(stream, policies)}
        <div class="ends"><button type="button" class="button" @click=${() => close(false)}>Cancel</button><button class="button first">Save</button></div>
      </form>`;
  }

  return dialog.closed;
}

/** @returns whether it was removed */
export function removeStream(stream) {
  let error = "";
  const dialog = openDialog("Remove the stream", ({ close }) => html`
    <h2>Watch ${nameOf(stream)} no longer?</h2>
    ${problem(error)}
    <p>Its open incidents close; all of them stay in the history with their evidence.</p>
    <div class="ends">
      <button class="button" autofocus @click=${() => close(false)}>Keep it</button>
      <button class="button danger" @click=${async () => {
        try {
          await remove(path`/v1/streams/${stream.id}`);
          close(true);
        } catch (failure) {
          error = failure.message;
          dialog.paint();
        }
      }}>Remove it</button>
    </div>`);
  return dialog.closed;
}
