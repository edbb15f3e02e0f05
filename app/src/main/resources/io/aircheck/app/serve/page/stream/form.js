// Fields of a stream that adding and editing share, and what is read from them.
import { html } from "/page/kit/lit.js";

export const fields = (stream, policies) => html`
  <div class="pair">
    <label class="field">Name <input name="name" maxlength="200" .value=${stream.name ?? ""} placeholder="for people; the id if empty"></label>
    <label class="field">Policy <select name="policy">${policies.map((policy) => html`<option value=${policy} ?selected=${policy === (stream.policy ?? "default")}>${policy}</option>`)}</select></label>
  </div>
  <div class="pair">
    <label class="field">Labels <input name="labels" .value=${labelText(stream.labels ?? {})} placeholder="cdn=north, origin=a"
      pattern="\\s*([^=,]+=[^=,]*(,|$)\\s*)*" title="name=value, separated by commas"></label>
    <label class="field">Priority, 0 to 100 <input name="priority" type="number" min="0" max="100" .value=${String(stream.priority ?? 50)}></label>
  </div>
  <div class="pair">
    <label class="field">Watch from (empty: at once) <input name="from" type="datetime-local" .value=${localText(stream.schedule?.from)}></label>
    <label class="field">until (empty: for ever) <input name="to" type="datetime-local" .value=${localText(stream.schedule?.to)}></label>
  </div>`;

/** The settings that the form says as a patch: null where it says nothing. */
export function changesOf(form, before) {
  const labels = settingsOf(form).labels;
  for (const name of Object.keys(before.labels ?? {})) labels[name] ??= null;
  return { name: null, schedule: null, ...settingsOf(form), labels };
}

/** The settings that the form says; what is empty is left out. */
export function settingsOf(form) {
  const value = (name) => form.elements[name].value.trim();
  const settings = { policy: value("policy"), priority: Number(value("priority") || 50), labels: labelsOf(value("labels")) };
  if (value("name")) settings.name = value("name");
  const schedule = {};
  for (const end of ["from", "to"]) if (value(end)) schedule[end] = new Date(value(end)).toISOString();
  if (Object.keys(schedule).length > 0) settings.schedule = schedule;
  return settings;
}

const labelText = (labels) => Object.entries(labels).map(([name, value]) => `${name}=${value}`).join(", ");

function labelsOf(text) {
  const pairs = text.split(",").map((part) => part.trim()).filter(Boolean).map((part) => part.split("="));
  return Object.fromEntries(pairs.map(([name, ...value]) => [name.trim(), value.join("=").trim()]));
}

function localText(at) {
  if (!at) return "";
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
