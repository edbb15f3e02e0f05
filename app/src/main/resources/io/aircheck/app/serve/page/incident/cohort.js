// An incident of viewers: how it went for them, and what the monitor saw on what they watch.
import { html, render, nothing } from "/page/kit/lit.js";
import { get, path, query } from "/page/kit/api.js";
import { data } from "/page/kit/data.js";
import { badge, contentOf, headline, health, measureOf, nameOf, severity } from "/page/kit/words.js";
import { cohortOf, conditions, valueName } from "/page/kit/cohort.js";
import { MEASURES, worded } from "/page/kit/measures.js";
import { lasted, spanOf } from "/page/kit/time.js";
import { groupsOf, together } from "/page/viewers/trends.js";
import { ChartPanel } from "/page/charts/panel.js";

const BEFORE = 600;
const AFTER = 120;
const REFRESH = 10_000;
/** Contents that the monitor is asked about: those that most of them watch. */
const CONTENTS = 8;
/** Incidents of a stream that are named. */
const NAMED = 3;
/** Curves reach back so far. */
const HOUR = 3600;

export class CohortCurves {
  #root;
  #changed;
  #incident = null;
  #asked = 0;
  #answer = null;
  #panel = null;

  /** @param changed called when there is more to show beside the curves */
  constructor(root, changed) {
    this.#root = root;
    this.#changed = changed;
  }

  show(incident) {
    this.#incident = incident;
    const due = this.#asked === 0 || (incident.state !== "closed" && Date.now() - this.#asked > REFRESH);
    if (due) this.#load();
  }

  async #load() {
    this.#asked = Date.now();
    const incident = this.#incident;
    const where = conditions(cohortOf(incident.stream));
    const { from: began, to: ended } = spanOf(incident);
    const to = Math.min(Date.now() / 1000, ended + AFTER);
    const from = Math.max(began - BEFORE, Date.now() / 1000 - HOUR);
    if (to <= from) {
      this.#draw(null);
      return;
    }
    const times = { from: iso(from), to: iso(to) };
    const about = measureOf(incident);
    // Some are about viewers, but about nothing that is measured of them.
    const measure = MEASURES[about] ? [about, "viewers"] : ["viewers"];
    try {
      const [series, contents] = await Promise.all([
        get("/v1/viewers/series" + query({ ...times, where, measure, usual: true })),
        get("/v1/viewers" + query({ ...times, where, by: "content", limit: CONTENTS })),
      ]);
      const watched = contents.rows.map((row) => ({ content: row.values.content, viewers: row.viewers, streams: showing(row.values.content) }));
      const stream = watched.flatMap((one) => one.streams.map(({ id }) => id));
      const found = stream.length === 0 ? [] : (await get("/v1/incidents" + query({ stream, from: iso(began - BEFORE / 10), to: iso(to), limit: 100 }))).items;
      this.#answer = { watched, found };
      this.#draw(series);
      this.#changed();
    } catch {
      // It is said where the incident itself is loaded, or with the next look.
    }
  }

  #draw(series) {
    const row = series?.rows[0];
    render(html`<h2>How it went for them</h2>
      ${row ? html`<p class="small dim">Shaded behind the curve is where it lies as a rule.</p>` : html`<p class="dim">Curves of viewers are kept for an hour; those of this incident are gone.</p>`}
      <div class="charts"></div>`, this.#root);
    if (!row) return;
    this.#panel ??= new ChartPanel(this.#root.querySelector(".charts"), `incident-${this.#incident.id}`, () => {});
    const curves = together([[series, "these viewers"]], true);
    const spans = [spanOf(this.#incident)];
    this.#panel.show(groupsOf(curves, [], Object.keys(row.measures)).map((group) => ({ ...group, spans })), curves.range, spans);
  }

  /** What the monitor saw on what they watch. */
  monitor() {
    if (!this.#answer) return nothing;
    const { watched, found } = this.#answer;
    const opened = Date.parse(this.#incident.opened) / 1000;
    return html`
      <section class="card" aria-label="Monitor"><h2>What the monitor saw</h2>
        ${watched.length === 0 ? html`<p class="dim">What they watched is not known any more.</p>` : html`
        <ul class="watched">${watched.map(({ content, viewers, streams }) => html`
          <li><div class="spread"><strong>${valueName(content)}</strong><span class="dim small num">${worded(viewers, 0)} of them</span></div>
            ${streams.length === 0 ? html`<div class="dim small">not monitored: no stream shows it</div>` : streams.map((stream) => seen(stream, found.filter((one) => one.stream === stream.id), opened))}</li>`)}</ul>`}
      </section>`;
  }

  close() { this.#panel?.close(); }
}

/** What was over when the incident opened is told, and leaves the stream clean. */
const seen = (stream, incidents, opened) => html`
  <div class="row small"><a href=${path`/streams/${stream.id}`}>${nameOf(stream)}</a>${incidents.every((one) => isOver(one, opened)) ? (stream.state === "watching" ? badge({ level: "good", word: "Clean" }) : badge(health(stream))) : nothing}</div>
  ${incidents.slice(0, NAMED).map((one) => html`<div class="row small">${severity(one.severity)}<a href=${path`/incidents/${one.id}`}>${headline(one)}</a><span class="dim">${lasted(one)}${isOver(one, opened) ? ", over before" : nothing}</span></div>`)}
  ${incidents.length > NAMED ? html`<div class="small"><a href=${"/incidents" + query({ stream: stream.id })}>${incidents.length - NAMED} more</a></div>` : nothing}`;

const isOver = (one, seconds) => spanOf(one).to < seconds;

const showing = (content) => [...data.streams.values()].filter((stream) => contentOf(stream) === content);

const iso = (seconds) => new Date(seconds * 1000).toISOString();
