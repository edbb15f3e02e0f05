// Incidents, newest first, with filters that are part of the address.
import { html, render, repeat, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get, query } from "/page/kit/api.js";
import { data } from "/page/kit/data.js";
import { live } from "/page/kit/live.js";
import { nameOf, subject } from "/page/kit/words.js";
import { isCohort } from "/page/kit/cohort.js";
import { empty, problem } from "/page/kit/notice.js";
import { onKey } from "/page/kit/keyboard.js";
import { navigate, rewrite } from "/page/kit/address.js";
import { incidentRow } from "/page/incident/row.js";
import { moveFocus } from "/page/wall/move.js";

const PAGE = 50;
const FILTERS = ["state", "severity", "kind", "stream", "group"];
const STATES = [["", "all"], ["active", "open or recovering"], ["open", "open"], ["recovering", "recovering"], ["closed", "closed"]];
const SEVERITIES = [["", "all"], ["error", "error"], ["warning", "warning"], ["info", "notice"]];

export function incidentsView(root) {
  const leases = new Leases();
  const paint = painter(draw);
  const parameters = new URLSearchParams(location.search);
  const filter = Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name) ?? ""]));
  let items = [];
  let next = null;
  let busy = true;
  let error = null;
  let asked = 0;

  async function load(cursor) {
    const mine = ++asked;
    busy = true;
    error = null;
    paint();
    try {
      const page = await get("/v1/incidents" + query({
        state: filter.state === "active" ? ["open", "recovering"] : filter.state,
        severity: filter.severity, kind: filter.kind, stream: filter.stream, group: filter.group, limit: PAGE, cursor,
      }));
      if (mine !== asked) return;
      items = cursor ? [...items, ...page.items] : page.items;
      next = page.next ?? null;
    } catch (failure) {
      if (mine !== asked) return;
      error = failure;
    }
    busy = false;
    paint();
  }

  function change(name, value) {
    filter[name] = value.trim();
    rewrite("/incidents" + query(filter));
    load();
  }

  /** What is in the list changes in place; what is new is put on top if no filter could exclude it. */
  function changed({ type, incident }) {
    const at = items.findIndex((one) => one.id === incident.id);
    if (at >= 0) {
      items = items.with(at, { ...items[at], ...incident });
      paint();
    } else if (type === "opened" || type === "reopened") {
      if (items.length <= PAGE) load();
    }
  }

  function draw() {
    render(html`
      <h1 class="unseen">Incidents</h1>
      <form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
        ${choice("state", "State", STATES)} ${choice("severity", "Severity", SEVERITIES)}
        <label class="field">Kind <input type="search" list="kinds" .value=${filter.kind} placeholder="all, or such as video.black" @change=${(event) => change("kind", event.target.value)}></label>
        <datalist id="kinds">${kinds().map((kind) => html`<option value=${kind}></option>`)}</datalist>
        <label class="field">Stream <input type="search" list="streams" .value=${filter.stream} placeholder="all, or an id, or viewers" @change=${(event) => change("stream", event.target.value)}></label>
        <datalist id="streams">${[...data.streams.values()].map((stream) => html`<option value=${stream.id}>${nameOf(stream)}</option>`)}${cohorts().map((id) => html`<option value=${id}>${subject(id, data.streams)}</option>`)}</datalist>
      </form>
      ${problem(error?.message)}
      ${!busy && !error && items.length === 0 ? nothingFound() : nothing}
      <ul class="incidents" aria-label="Incidents" aria-busy=${busy}>${repeat(items, (incident) => incident.id, (incident) => incidentRow(incident, true))}</ul>
      ${next ? html`<p class="row"><button class="button" ?disabled=${busy} @click=${() => load(next)}>Show older ones</button></p>` : nothing}`, root);
  }

  const choice = (name, label, choices) => html`
    <label class="field">${label} <select @change=${(event) => change(name, event.target.value)}>
      ${choices.map(([value, word]) => html`<option value=${value} ?selected=${value === filter[name]}>${word}</option>`)}</select></label>`;

  function nothingFound() {
    if (Object.values(filter).some(Boolean)) {
      return empty("search", "No incident matches", "Other filters may.", html`<a class="button" href="/incidents">All incidents</a>`);
    }
    return empty("good", "Nothing has happened", "An incident opens here when a defect lasts longer than its hold time: with pictures, curves and a clip of it.",
      data.streams.size === 0 ? html`<a class="button first" href="/">Watch a stream</a>` : nothing);
  }

  const cohorts = () => [...new Set([...items, ...data.active.values()].map((incident) => incident.stream).filter(isCohort))].sort();
  const kinds = () => [...new Set([...items, ...data.active.values()].flatMap((incident) => incident.kinds ?? []))].sort();

  leases.add(
    () => paint.stop(),
    live.on("incident", changed),
    live.on("reset", () => load()),
    onKey((key, event) => {
      if (key === "/") return root.querySelector("input[type=search]")?.focus(), true;
      if (key === "Escape") return event.target.type === "search" ? event.target.blur() : navigate("/"), true;
      return moveFocus([...root.querySelectorAll(".incidents a")], key);
    }));
  // Durations of open ones grow.
  leases.every(1000, paint);
  load();
  return () => leases.end();
}
