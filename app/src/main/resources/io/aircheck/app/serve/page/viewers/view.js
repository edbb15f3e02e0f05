// The experience of all viewers: what it is now, how it went, and for whom it is different.
import { html, render, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { get, query } from "/page/kit/api.js";
import { worstFirst } from "/page/kit/data.js";
import { live } from "/page/kit/live.js";
import { hint, problem } from "/page/kit/notice.js";
import { navigate } from "/page/kit/address.js";
import { onKey } from "/page/kit/keyboard.js";
import { time } from "/page/kit/time.js";
import { isCohort } from "/page/kit/cohort.js";
import { ChartPanel } from "/page/charts/panel.js";
import { incidentRow } from "/page/incident/row.js";
import { breakdown } from "/page/viewers/breakdown.js";
import { groupsCompared, ROWS as COMPARED, timesCompared } from "/page/viewers/compare.js";
import { definitions } from "/page/viewers/definitions.js";
import { nobodyReports, switchedOff } from "/page/viewers/beginning.js";
import { figures } from "/page/viewers/figures.js";
import { incidentsOf } from "/page/viewers/incidents.js";
import { Question } from "/page/viewers/question.js";
import { sessions } from "/page/viewers/sessions.js";
import { beforeAndNow, groupsOf, trends, trendsCsv, watching } from "/page/viewers/trends.js";
import { tools } from "/page/viewers/tools.js";
import { unmonitored } from "/page/viewers/unmonitored.js";

/** Half a window: what is told of one when it is over is soon shown. */
const REFRESH = 5_000;
const ROWS = 50;
const SESSIONS = 12;
/** Incidents that are named above all; the others can be looked up. */
const OPEN = 3;

export function viewersView(root) {
  const leases = new Leases();
  const paint = painter(draw);
  const question = new Question(location.search);
  let known = null;
  let shown = null;
  let error = null;
  let panel = null;
  let turn = 0;
  let order = null;

  async function load() {
    const mine = ++turn;
    try {
      known ??= await definitions();
      question.settle(known);
      const sums = (more) => get("/v1/viewers" + query({ ...question.times(), usual: true, ...more }));
      const [whole, now, rows, compared, earlier, curves, incidents, streams, single] = await Promise.all([
        sums(question.who()),
        watching(question),
        question.by ? sums({ ...question.who(), by: question.by, limit: ROWS }) : null,
        Promise.all(question.compared.map(async (where) => ({ where, row: (await sums(question.who(where))).rows[0] }))),
        question.earlier() ? beforeAndNow(question, COMPARED) : null,
        trends(question),
        incidentsOf(question.where, question.times()),
        get("/v1/viewers/streams"),
        order ? get("/v1/viewers/sessions" + query({ ...question.who(), order, limit: SESSIONS })) : null,
      ]);
      if (mine !== turn) return;
      shown = { whole, now, rows, compared, earlier, curves, incidents, streams, single: single?.items ?? null };
      error = null;
    } catch (failure) {
      if (mine !== turn) return;
      error = failure;
    }
    paint();
  }

  function change(edit) {
    edit();
    if (known) question.settle(known);
    question.remember();
    load();
  }

  const cohort = (value) => new Map(question.where).set(question.by, value);

  const actions = {
    by: (name) => change(() => { question.by = name; }),
    drill: (value) => change(() => { question.where.set(question.by, value); }),
    compare: (value) => change(() => question.compare(cohort(value))),
    isCompared: (value) => question.isCompared(cohort(value)),
    where: (edit) => change(() => edit(question.where)),
    compareThese: () => change(() => question.compare(question.where)),
    isTheseCompared: () => question.isCompared(question.where),
    seconds: (seconds) => change(() => { question.seconds = seconds; }),
    before: (word) => change(() => question.compareBefore(word)),
    split: (split) => change(() => { question.split = split; }),
    open: (opened) => {
      if (opened === (order !== null)) return;
      order = opened ? "stalled" : null;
      load();
    },
    order: (word) => { order = word; load(); },
  };

  function draw() {
    render(content(), root);
    const place = root.querySelector(".charts");
    if (!place || !shown) return;
    panel ??= new ChartPanel(place, "viewers", () => {});
    panel.show(groupsOf(shown.curves, shown.incidents), shown.curves.range, []);
  }

  function content() {
    if (error?.status === 404 && !known) return switchedOff();
    if (!shown) return error ? problem(error.message) : html`<p class="dim">Loading…</p>`;
    if (shown.whole.sessions === 0 && shown.whole.rows.length === 0 && !known.kept.archive.bytes) return nobodyReports();
    const download = question.by ? "/v1/viewers" + query({ ...question.times(), ...question.who(), by: question.by, limit: 1000, format: "csv" }) : null;
    return html`
      <h1 class="unseen">Viewers</h1>
      ${tools(question, actions, known.kept.archive.enabled)}
      <div class="stack">
        ${problem(error?.message ?? shown.whole.problem)}
        ${known.kept.job ? summed(shown.whole.asOf) : nothing}
        ${shown.whole.complete ? nothing : hint(known.kept.job ? "The sums of the last hour have not been read yet." : "Reports of the last hour are being read again after a start; the numbers are still growing.")}
        ${open()}
        ${question.isPast() ? html`<p class="small dim">Numbers but for the viewers of now are of whole hours since ${time(shown.whole.from)}, curves of minutes.</p>` : nothing}
        ${figures(shown.whole.rows[0], shown.now, known)}
        ${unmonitored(shown.streams)}
        ${breakdown(shown.rows, question.by, question.dimensions(known.groupings), actions, download, known.kept.archive.enabled ? question.parquet() : null)}
        ${shown.compared.length > 0 ? groupsCompared(shown.compared, (where) => change(() => question.compare(where))) : nothing}
        ${shown.earlier ? timesCompared(shown.earlier, () => actions.before("")) : nothing}
        <section aria-label="Curves">
          <div class="spread"><h2>Over time</h2>
            <div class="row">${shown.compared.length > 0 || shown.earlier || !question.by ? nothing : html`
              <div class="segmented" role="group" aria-label="Curves">
                <button class="button slim" aria-pressed=${!question.split} @click=${() => actions.split(false)}>Together</button>
                <button class="button slim" aria-pressed=${question.split} @click=${() => actions.split(true)}>One for each row</button></div>`}
              <a class="button slim" href=${trendsCsv(question)} download="viewers-over-time.csv">CSV</a></div></div>
          <p class="small dim">Shaded behind a curve is where it lies as a rule, learnt from the same viewers at the same hour; it is there after half an hour.${known.kept.job ? nothing : " How many watch is drawn up to 40 s ago, as players have to report first."}</p>
          <div class="charts"></div>
        </section>
        ${known.kept.job ? nothing : sessions(shown.single, order, actions)}
        <p class="small dim"><a href="/viewers/kept">What is kept of viewers, and for how long</a></p>
      </div>`;
  }

  /** Of sums that a job makes: up to when. */
  const summed = (asOf) => html`<p class="small dim">${asOf ? html`Sums of minutes, as a job makes them, up to ${time(asOf)}.` : "No sums of the last hour are known yet."} Single viewers are in its files.</p>`;

  function open() {
    const active = shown.incidents.filter((incident) => incident.state !== "closed").sort(worstFirst);
    const more = active.length - OPEN;
    return active.length === 0 ? nothing : html`
      <section aria-label="Open incidents of these viewers"><h2>Open now</h2>
        <ul class="incidents">${active.slice(0, OPEN).map((incident) => incidentRow(incident, true))}</ul>
        ${more > 0 ? html`<p class="small more"><a href="/incidents?state=active">${more} more</a></p>` : nothing}</section>`;
  }

  leases.add(
    () => paint.stop(),
    () => panel?.close(),
    live.on("incident", ({ incident }) => { if (isCohort(incident.stream)) load(); }),
    live.on("reset", load),
    onKey((key) => {
      if (key === "Escape") return question.where.size > 0 ? actions.where((where) => where.delete([...where.keys()].at(-1))) : navigate("/"), true;
      return false;
    }));
  leases.every(REFRESH, load);
  load();
  return () => { turn = -1; leases.end(); };
}
