// What happened to an incident, and what people wrote on it, in the order of time.
import { html, nothing } from "/page/kit/lit.js";
import { time } from "/page/kit/time.js";

const WORDS = {
  opened: "Opened", updated: "Changed", recovering: "Seems to be over", recurred: "Came back",
  closed: "Closed", reopened: "Reopened", acknowledged: "Acknowledged", noted: "Noted",
};

/** More comings and goings than this are told in one line. */
const MOST_RECURRENCES = 6;

export function log(incident) {
  const entries = abridged((incident.history ?? []).filter((entry) => entry.type !== "noted" && entry.type !== "updated"))
    .map((entry) => ({ at: entry.at, word: entry.word ?? WORDS[entry.type] ?? entry.type, by: entry.type === "acknowledged" ? incident.acknowledgement?.by : null, severity: entry.severity }));
  for (const note of incident.notes ?? []) entries.push({ at: note.at, word: "Note", by: note.by, text: note.text });
  entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return html`<ol class="log">${entries.map((entry) => html`
    <li><div><strong>${entry.word}</strong> <span class="dim small">${entry.by ? html`by ${entry.by} · ` : nothing}${time(entry.at)}</span></div>
      ${entry.text ? html`<p>${entry.text}</p>` : nothing}</li>`)}</ol>`;
}

/** An incident that flaps all night has one line of it, not hundreds. */
function abridged(history) {
  const flaps = history.filter((entry) => entry.type === "recurred");
  if (flaps.length <= MOST_RECURRENCES) return history;
  const last = flaps.at(-1);
  return history
    .filter((entry) => !["recurred", "recovering"].includes(entry.type) || entry === last || entry.at > last.at)
    .map((entry) => (entry === last ? { ...entry, word: `Came back ${flaps.length} times, the last` } : entry));
}
