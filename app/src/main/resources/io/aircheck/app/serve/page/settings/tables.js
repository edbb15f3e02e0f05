// The declared settings as tables; where there are none, how to declare them.
import { html, nothing } from "/page/kit/lit.js";
import { span, time } from "/page/kit/time.js";
import { problem } from "/page/kit/notice.js";
import { endButton } from "/page/stream/mute.js";
import { severity } from "/page/kit/words.js";

const table = (heads, rows) => html`
  <table class="table"><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead>
    <tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;

const none = (text) => html`<p class="dim">${text}</p>`;
const pairs = (labels) => Object.entries(labels ?? {}).map(([name, value]) => html`<span class="chip">${name}=${value}</span> `);
const list = (words, all) => (words?.length > 0 ? words.join(", ") : html`<span class="dim">${all}</span>`);

export const routes = (items) => (items.length === 0 ? none("No routes: nobody is told. Declare them under “routes”.") : table(
  ["To", "Streams with", "Kinds", "From severity", "Of", "When", ""],
  items.map((route) => [
    route.channels.join(", "),
    Object.keys(route.labels).length > 0 ? pairs(route.labels) : html`<span class="dim">any label</span>`,
    list(route.kinds, "all"), severity(route.minSeverity), route.events.join(", "), route.hours ?? html`<span class="dim">always</span>`,
    route.continue ? "then the next route" : "",
  ])));

export const policies = (items) => table(
  ["Policy", "Builds on", "Detectors", "Options", "Severities", "From severity", "Recovery"],
  items.map((policy) => [
    html`<strong>${policy.name}</strong>`, policy.extends ?? "",
    list(policy.detectors, policy.name === "default" ? "all" : "as it builds on"),
    Object.entries(policy.options ?? {}).map(([detector, options]) => html`<div><code>${detector}</code> ${Object.entries(options).map(([name, value]) => `${name} ${value}`).join(", ")}</div>`),
    Object.entries(policy.severities ?? {}).map(([kind, word]) => html`<div><code>${kind}</code> ${word}</div>`),
    policy.minSeverity ? severity(policy.minSeverity) : nothing, policy.recoverySeconds === undefined ? "" : span(policy.recoverySeconds),
  ]));

const cores = (number) => number.toFixed(2);

export const cluster = (state) => html`
  ${state.problem ? problem(state.problem) : nothing}
  ${state.workers.length === 0 ? none("No worker has called lately: nothing is watched. Submit a job that follows this service (aircheck cluster submit).") : html`
    <p>${cores(state.usedCores)} of ${cores(state.capacityCores)} cores that workers may use are in use.</p>
    ${table(["Worker", "Cores in use", "May use", "Memory", "Streams"],
      state.workers.map((one) => [one.name, cores(one.usedCores), cores(one.capacityCores), `${(1000 * one.memoryGb).toFixed(0)} MB`, one.streams]))}`}`;

export const mutes = (items, changed) => (items.length === 0 ? none("None. Mute a stream on its page, or declare maintenance windows under “mutes”, each with an end: incidents are recorded all the same, but nobody is told.") : table(
  ["Reason", "Streams", "Labels", "Kinds", "From", "To", "By", ""],
  items.map((mute) => [mute.reason, list(mute.streams, "all"), pairs(mute.labels), list(mute.kinds, "all"), mute.from ? time(mute.from) : "", time(mute.to), mute.by ?? "", endButton(mute, changed)])));

export const tokens = (items) => (items.length === 0
  ? none("None are needed while the service listens on this machine only. Declare them under “tokens” before it listens on other addresses.")
  : table(["Name", "Role"], items.map((one) => [one.name, one.role])));
