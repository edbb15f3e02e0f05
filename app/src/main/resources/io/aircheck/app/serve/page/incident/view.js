// One incident: what was seen, how long, the evidence, who was told, and what to do about it.
import { html, render, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get, path, query } from "/page/kit/api.js";
import { data } from "/page/kit/data.js";
import { live } from "/page/kit/live.js";
import { conditions, cohortOf, isCohort } from "/page/kit/cohort.js";
import { headline, incidentState, nameOf, severity, subject } from "/page/kit/words.js";
import { lasted, span, timeWithUtc } from "/page/kit/time.js";
import { empty, hint, problem } from "/page/kit/notice.js";
import { icon } from "/page/kit/icons.js";
import { onKey } from "/page/kit/keyboard.js";
import { navigate } from "/page/kit/address.js";
import { Actions } from "/page/incident/actions.js";
import { evidence } from "/page/incident/evidence.js";
import { CohortCurves } from "/page/incident/cohort.js";
import { IncidentCurves } from "/page/incident/curves.js";
import { exposure } from "/page/incident/viewers.js";
import { log } from "/page/incident/log.js";
import { notifications } from "/page/incident/sent.js";

export function incidentView(root, [id]) {
  const leases = new Leases();
  const paint = painter(draw);
  const actions = new Actions(id, (changed) => { incident = { ...incident, ...changed }; paint(); load(); }, paint);
  let incident = null;
  let error = null;
  let curves = null;

  async function load() {
    try {
      incident = await get(path`/v1/incidents/${id}`);
      document.title = `${headline(incident)} · Aircheck`;
      error = null;
    } catch (failure) {
      error = failure;
    }
    paint();
  }

  function draw() {
    render(content(), root);
    const place = root.querySelector("#curves");
    if (place && !incident.members) {
      curves ??= isCohort(incident.stream) ? new CohortCurves(place, paint) : new IncidentCurves(place);
      curves.show(incident);
    }
  }

  function content() {
    if (!incident) {
      return error ? empty("incidents", "The incident cannot be shown", error.message, html`<a class="button first" href="/incidents">All incidents</a>`) : html`<p class="dim">Loading…</p>`;
    }
    const ofViewers = isCohort(incident.stream);
    return html`
      <header class="head">
        <a class="trail" href="/incidents">${icon("back")} Incidents</a>
        <div class="row">${severity(incident.severity)}${incidentState(incident.state)}${incident.muted ? html`<span class="chip">muted</span>` : nothing}</div>
        <h1>${headline(incident)}</h1>
        <div>${incident.members ? html`<a href=${"/incidents" + query({ group: id })}>${incident.stream}</a>` : ofViewers ? html`<a href=${"/viewers" + query({ where: conditions(cohortOf(incident.stream)) })}>${subject(incident.stream, data.streams)}</a>` : html`<a href=${path`/streams/${incident.stream}`}>${subject(incident.stream, data.streams)}</a>`}
          <span class="dim">· <code>${incident.cause}</code> · ${incident.state === "closed" ? "lasted" : "for"} ${lasted(incident)}</span></div>
        ${ofViewers ? html`<p class="dim">${incident.message}</p>` : nothing}
        ${error ? problem(error.message) : nothing}
        ${incident.explainedBy ? hint(html`Explained by <a href=${path`/incidents/${incident.explainedBy}`}>another incident</a>: nobody was told of this one separately.`) : nothing}
        ${incident.group ? hint(html`Seen on several streams at once: <a href=${path`/incidents/${incident.group}`}>the incident of all of them</a>.`) : nothing}
        ${actions.draw(incident)}
      </header>
      <div class="two">
        <div class="stack">
          ${incident.members
            ? html`<section class="card" aria-label="Streams"><h2>Streams</h2><ul>${incident.members.map((member) => html`<li><a href=${path`/incidents/${member.id}`}>${nameOf(data.streams.get(member.stream) ?? { id: member.stream })}</a></li>`)}</ul></section>`
            : ofViewers ? nothing : html`<section class="card" aria-label="Evidence"><h2>Evidence</h2>${evidence(incident)}</section>`}
          <section id="curves" aria-label="Curves around it"></section>
        </div>
        <div class="stack">
          ${incident.viewers ? exposure(incident.viewers) : nothing}
          ${ofViewers ? curves?.monitor() : nothing}
          <section class="card" aria-label="Facts"><h2>Facts</h2>${facts()}</section>
          <section class="card" aria-label="Told"><h2>Who was told</h2>${notifications(incident.notifications ?? [], load)}</section>
          <section class="card" aria-label="History"><h2>History</h2>${log(incident)}</section>
        </div>
      </div>`;
  }

  function facts() {
    const rows = [
      ["First seen", timeWithUtc(incident.firstSeen)],
      ["Opened", html`${timeWithUtc(incident.opened)} <span class="dim small">after ${span(incident.detectionDelaySeconds ?? 0)}</span>`],
      [incident.state === "closed" ? "Last seen" : "Seen until", timeWithUtc(incident.lastSeen)],
      ["Occurrences", incident.occurrences],
      ["Confidence", incident.confidence === undefined ? null : `${Math.round(incident.confidence * 100)} %`],
      ["Renditions", incident.renditions?.join(", ")],
      ["Kinds", incident.kinds?.join(", ")],
      ...Object.entries(incident.measurements ?? {}).map(measured),
    ];
    return html`<dl class="facts">${rows.filter(([, value]) => value !== null && value !== undefined && value !== "").map(([name, value]) => html`<dt>${name}</dt><dd class="num">${value}</dd>`)}</dl>`;
  }

  leases.add(
    () => paint.stop(),
    () => curves?.close(),
    live.on("incident", (change) => { if (change.incident.id === id) load(); }),
    live.on("evidence", (news) => { if (news.incident === id) load(); }),
    live.on("notification", (sent) => { if (sent.incident === id) load(); }),
    live.on("reset", load),
    data.on("change", paint),
    onKey((key) => {
      if (key === "Escape") return navigate("/incidents"), true;
      if (incident && key === "a" && !incident.acknowledgement) return actions.run("acknowledge"), true;
      if (incident && key === "n") return actions.write(), true;
      return false;
    }));
  leases.every(1000, () => { if (incident?.state !== "closed") paint(); });
  load();
  return () => leases.end();
}

/** Names of measurements carry their unit; seconds since 1970 are a time. */
const measured = ([name, value]) => name.endsWith("EpochSeconds")
  ? [worded(name.replace("EpochSeconds", "")), timeWithUtc(value * 1000)]
  : [worded(name), +value.toFixed(3)];

const worded = (name) => name.replace(/([A-Z])/g, " $1").toLowerCase().replace(/^./, (first) => first.toUpperCase());
