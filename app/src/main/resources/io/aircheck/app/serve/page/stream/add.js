// Adds a stream: an address is looked at as soon as it is there, and what was found is shown before
// anything is saved.
import { html, nothing } from "/page/kit/lit.js";
import { get, path, post } from "/page/kit/api.js";
import { openDialog } from "/page/kit/dialog.js";
import { announce, problem } from "/page/kit/notice.js";
import { trackLine } from "/page/kit/words.js";
import { navigate } from "/page/kit/address.js";
import { fields, settingsOf } from "/page/stream/form.js";

const PAUSE = 700;

export async function addStream() {
  let policies = ["default"];
  let found = null;
  let looking = "";
  let error = "";
  let saving = false;
  let asked = 0;
  let timer = null;
  const dialog = openDialog("Add a stream", draw);
  get("/v1/settings").then((settings) => {
    policies = settings.policies.map((policy) => policy.name);
    dialog.paint();
  }, () => { /* "default" is always there */ });

  function typed(event) {
    clearTimeout(timer);
    const url = event.target.value.trim();
    timer = setTimeout(() => look(url), event.inputType === "insertFromPaste" ? 0 : PAUSE);
  }

  async function look(url) {
    if (url === looking || url.length < 4) return;
    const mine = ++asked;
    looking = url;
    found = null;
    error = "";
    dialog.paint();
    try {
      const probe = await post("/v1/streams/probe", { url });
      if (mine !== asked) return;
      found = probe;
      announce(`Found ${probe.tracks.length} tracks.`);
    } catch (failure) {
      if (mine !== asked) return;
      error = failure.message;
    }
    dialog.paint();
  }

  async function save(event) {
    event.preventDefault();
    const form = event.target;
    const chosen = [...form.querySelectorAll("input[name=rendition]")];
    const settings = { url: form.elements.url.value.trim(), ...settingsOf(form) };
    if (form.elements.id.value.trim()) settings.id = form.elements.id.value.trim();
    const watched = chosen.filter((box) => box.checked).map((box) => box.value);
    if (watched.length < chosen.length) settings.renditions = watched;
    saving = true;
    error = "";
    dialog.paint();
    try {
      const stream = await post("/v1/streams", settings);
      dialog.close();
      navigate(path`/streams/${stream.id}`);
    } catch (failure) {
      saving = false;
      error = failure.message;
      dialog.paint();
    }
  }

  function draw({ close }) {
    return html`
      <form @submit=${save}>
        <h2>Add a stream</h2>
        <label class="field">Address: HLS, DASH, transport stream or file
          <input name="url" type="text" inputmode="url" required autofocus spellcheck="false" autocomplete="off" placeholder="https://…/master.m3u8" @input=${typed} @change=${(event) => look(event.target.value.trim())}></label>
        ${problem(error)}
        ${looking && !found && !error ? html`<div><p class="dim">Looking at it…</p><progress></progress></div>` : nothing}
        ${found ? what(found) : nothing}
        ${found || error ? html`
          <label class="field">Id <input name="id" pattern="[A-Za-z0-9][A-Za-z0-9._\\-]{0,99}" placeholder=${found?.id ?? "made from the address"} title="letters, digits, dot, dash and underscore"></label>
          ${fields({}, policies)}` : nothing}
        <div class="ends">
          <button type="button" class="button" @click=${() => close()}>Cancel</button>
          ${found || error ? html`<button class="button first" ?disabled=${saving}>${found ? "Watch it" : "Watch it all the same"}</button>` : html`<button class="button first" type="button" disabled>Watch it</button>`}
        </div>
      </form>`;
  }

  await dialog.closed;
  clearTimeout(timer);
  asked = -1;
}

function what(found) {
  return html`
    <div class="card found">
      ${found.thumbnail ? html`<img src=${found.thumbnail} alt="Picture of the stream">` : nothing}
      <dl class="facts">
        <dt>It is</dt><dd>${found.live ? "live" : "finite"}, ${found.container}</dd>
        ${found.tracks.map((track) => html`<dt>${track.type === "video" ? "Picture" : "Sound"}</dt><dd>${trackLine(track)}</dd>`)}
        ${found.renditions.length > 0 ? html`<dt>Renditions</dt><dd>${found.renditions.map((rendition) => html`
          <label class="row"><input type="checkbox" name="rendition" value=${rendition} checked> ${rendition}</label>`)}</dd>` : nothing}
      </dl>
    </div>`;
}
