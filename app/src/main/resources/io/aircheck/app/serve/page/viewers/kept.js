// Exactly what is kept of viewers, and for how long, as this service is configured.
import { html, render, nothing } from "/page/kit/lit.js";
import { icon } from "/page/kit/icons.js";
import { onKey } from "/page/kit/keyboard.js";
import { navigate } from "/page/kit/address.js";
import { problem } from "/page/kit/notice.js";
import { span } from "/page/kit/time.js";
import { definitions } from "/page/viewers/definitions.js";
import { titled } from "/page/kit/cohort.js";
import { switchedOff } from "/page/viewers/beginning.js";

const SIZES = [["GB", 1e9], ["MB", 1e6], ["kB", 1e3]];

export function keptView(root) {
  const paint = (content) => render(content, root);
  definitions().then(({ kept }) => paint(page(kept)), (failure) => paint(failure.status === 404 ? switchedOff() : problem(failure.message)));
  return onKey((key) => {
    if (key === "Escape") return navigate("/viewers"), true;
    return false;
  });
}

const page = (kept) => html`
  <header class="head"><a class="trail" href="/viewers">${icon("back")} Viewers</a><h1>What is kept of viewers</h1></header>
  <div class="stack">
    <section class="card scroll" aria-label="Kept"><table class="table">
      <thead><tr><th scope="col">What</th><th scope="col">Where</th><th scope="col">How long</th></tr></thead>
      <tbody>
        ${kept.job ? summed(kept) : collected(kept)}
        ${kept.usual ? html`<tr><td>What is usual of ratios by attributes, and alerts that are open: sums, without ids.</td><td>a file below the data directory</td><td>as long as the service is used</td></tr>` : nothing}
        ${archived(kept.archive)}
        <tr><td>Who was shown a defect: numbers alone.</td><td>evidence of the incident</td><td>as long as the incident</td></tr>
      </tbody></table></section>
    ${kept.connectors.length === 0 ? nothing : html`
      <section class="card scroll" aria-label="Told to others"><h2>Told to others</h2>
        <p>What these systems have is theirs: for how long they keep it is not known here, and it cannot be erased from here.</p>
        <table class="table">
          <thead><tr><th scope="col">Name</th><th scope="col">Where</th><th scope="col">What</th></tr></thead>
          <tbody>${kept.connectors.map(told)}</tbody></table></section>`}
    <section class="card" aria-label="Attributes"><h2>Attributes</h2>
      <p>Made of a request when it comes: device, operating system, browser, and whether it is a machine; told by players: content, CDN, player and its version, version of the application${kept.customAttributes.length > 0 ? html`, ${kept.customAttributes.join(", ")}` : nothing}.
        ${places(kept)}</p>
      ${kept.locations.map(location)}
      <p><strong>Neither the address of a viewer nor its User-Agent is written anywhere</strong>, and no cookie or token is read.</p></section>
    <section class="card" aria-label="Wishes of viewers"><h2>Wishes of viewers</h2>
      <p>Nothing is kept of who asks for that: Global Privacy Control (<code>Sec-GPC: 1</code>)${kept.doNotTrack ? html` and <code>DNT: 1</code>` : nothing}.${kept.doNotTrack ? nothing : html` <code>DNT: 1</code> is heeded with <code>viewers.doNotTrack: true</code>.`}</p>
      ${kept.job ? html`<p>What the job has of a session, in its files, cannot be erased from here.</p>` : html`<p>A session is erased by <code>DELETE /v1/viewers/sessions/ID</code> with a token of an admin: what is known of it is forgotten, and its reports and its rows of the archive are taken out of the files, before the answer; the answer says so where that is not possible. Ids that no address can have are given as an argument: <code>/v1/viewers/session?id=ID</code>. Sums stay.</p>`}</section>
  </div>`;

const collected = (kept) => html`
  <tr><td>Reports as players sent them, with the time and the attributes below. What your players put into them is in them, such as addresses of segments.</td><td>files below the data directory, ${size(kept.reportsBytes)} now</td><td>${span(kept.reportsSeconds)} and up to ten minutes more, or until there are ${size(kept.mostReportsBytes)}</td></tr>
  <tr><td>Sessions: the id that the player made up, states, sums, content, attributes.</td><td>memory</td><td>${span(kept.sessionsSeconds)} after their end</td></tr>
  ${kept.logs.length > 0 ? html`<tr><td>How far the request logs ${kept.logs.join(", ")} were read: places in them, names of files, hashes of lines. Reports that were made of them are among those above.</td><td>files below the data directory</td><td>as long as the log is configured, and until somebody removes them</td></tr>` : nothing}
  <tr><td>Sums by attributes and windows of ten seconds; of sessions that were hit, hashes of their ids.</td><td>memory</td><td>${span(kept.sumsSeconds)}</td></tr>
  <tr><td>How much each sender has sent lately, by a hash of its address with a random number of this process.</td><td>memory</td><td>seconds, until it may send everything again</td></tr>`;

/** Of a service that reads what a job makes. */
const summed = ({ job, sumsSeconds }) => html`
  <tr><td>Sums by attributes and minutes, as a job makes them; of sessions that were hit, hashes of their ids.</td><td>memory, read from <code>${job.sums}</code></td><td>${span(sumsSeconds)} here; there until somebody removes them</td></tr>
  ${job.sessions ? html`<tr><td>Sessions by hours: a hash of the id, sums, content, attributes, beginning and end.</td><td>files of the job, <code>${job.sessions}</code>; not read here</td><td>until somebody removes them</td></tr>` : nothing}`;

function archived({ enabled, left, sessionsSeconds, minutesSeconds, bucket, bytes }) {
  if (!enabled && !left) return nothing;
  const where = html`Parquet files ${bucket ? html`in the bucket <code>${bucket}</code>, copies of some below the data directory` : "below the data directory"}${bytes === undefined ? nothing : `, ${size(bytes)} now`}`;
  const more = enabled ? nothing : " Nothing is added any more.";
  return html`
    <tr><td>Sessions by hours: a hash of the id, sums, content, attributes, beginning and end.${more}</td><td>${where}</td><td>${span(sessionsSeconds)}</td></tr>
    <tr><td>Sums by attributes and minutes, without ids.${more}</td><td>the same</td><td>${span(minutesSeconds)}</td></tr>
    ${enabled && left ? html`<tr><td>The same of earlier settings.</td><td>where these said</td><td>the same</td></tr>` : nothing}`;
}

const SENT = {
  sums: () => "sums by attributes, without ids",
  sessions: (ids) => `views when they end, with ${ids}, content and attributes`,
  deltas: (ids) => `what is new of single views, with ${ids}, content and attributes`,
};

const told = ({ name, type, to, send, sessionIds, mostWaiting }) => html`
  <tr><td>${name}</td><td>${type}, <code>${to}</code></td>
    <td>${send.map((sort) => SENT[sort](sessionIds ? "the id that the player made up" : "a hash of the id")).join("; ")}${mostWaiting ? `. Up to ${mostWaiting.toLocaleString()} of single views wait in memory until it takes them` : nothing}.</td></tr>`;

function places(kept) {
  const told = [kept.country && "Country", kept.network && "network"].filter(Boolean);
  const proxy = told.length > 0 ? html`${titled(told.join(" and "))}, as the proxy in front tells. ` : nothing;
  if (kept.locations.length === 0) return told.length > 0 ? proxy : "Neither country nor network: no proxy is configured that tells them, and no database that knows them.";
  const wanted = kept.region ? "Country, region and network" : "Country and network";
  return html`${proxy}${wanted}, as far as they are not told, by a look-up of the address in a database on this machine, after which the address is dropped.`;
}

const location = ({ file, madeAt, problem: wrong }) => html`
  <p><code>${file}</code> of ${new Date(madeAt).toLocaleDateString(undefined, { dateStyle: "medium" })}${wrong ? html`: ${wrong}` : nothing}</p>`;

function size(bytes) {
  const [unit, many] = SIZES.find(([, least]) => bytes >= least) ?? ["bytes", 1];
  return `${(bytes / many).toLocaleString(undefined, { maximumFractionDigits: bytes >= 10 * many ? 0 : 1 })} ${unit}`;
}
