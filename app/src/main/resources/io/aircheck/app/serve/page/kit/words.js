// States as people say them: a level (colour and icon) and a word.
import { html } from "/page/kit/lit.js";
import { icon } from "/page/kit/icons.js";
import { cohortName, cohortOf, isCohort } from "/page/kit/cohort.js";
import { MEASURES, wordedOf } from "/page/kit/measures.js";

const RANK = { error: 4, warning: 3, info: 2, starting: 1, good: 0, idle: 0 };

/** How a stream is: {level, icon, word}. */
export function health(stream) {
  if (stream.state === "failed") return { level: "error", word: "Failed" };
  if (stream.state === "unavailable") return { level: "error", word: "Unavailable" };
  if (stream.state === "quarantined") return { level: "error", word: "Quarantined" };
  if (stream.severity === "error") return { level: "error", word: "Error" };
  if (stream.severity === "warning") return { level: "warning", word: "Warning" };
  if (stream.severity === "info") return { level: "info", word: "Notice" };
  return status(stream.state);
}

/** How something is that has no incidents of its own, such as a rendition. */
export function status(state) {
  switch (state) {
    case "watching": return { level: "good", word: "Good" };
    case "starting": return { level: "starting", word: "Starting" };
    case "ended": return { level: "idle", word: "Ended" };
    case "idle": return { level: "idle", word: "Idle" };
    case "waiting": return { level: "warning", word: "Waiting" };
    case "unavailable": return { level: "error", word: "Unavailable" };
    default: return { level: "error", word: "Failed" };
  }
}

/** How a rendition is: its own state, or the worst of the open incidents that name it. */
export function renditionHealth(rendition, incidents) {
  const own = status(rendition.state);
  if (own.level !== "good") return own;
  const hit = incidents.find((one) => one.state === "open" && (one.renditions?.length === 0 || one.renditions?.includes(rendition.rendition)));
  return hit ? { level: hit.severity, word: SEVERITIES[hit.severity] } : own;
}

/** Problems first: higher needs eyes sooner. */
export const rank = (stream) => RANK[health(stream).level];

const colour = (level) => (level === "starting" ? "idle" : level);

export const badge = ({ level, word, sign = level }) => html`<span class="badge ${colour(level)}">${icon(sign)}${word}</span>`;

const SEVERITIES = { error: "Error", warning: "Warning", info: "Notice" };
export const severity = (word) => badge({ level: word, word: SEVERITIES[word] ?? word });

const STATES = {
  open: { level: "info", word: "Open", sign: "open" },
  recovering: { level: "starting", word: "Recovering" },
  closed: { level: "good", word: "Closed" },
};
export const incidentState = (word) => badge(STATES[word] ?? { level: "info", word });

/** "video.black" as a title: "Black picture" would need a dictionary, so the kind speaks for itself. */
export const kind = (word) => html`<code>${word}</code>`;

export const nameOf = (stream) => stream.name ?? stream.id;

/** The content that a stream shows, as reports of players name it: what its label says, or what has its id. */
export const contentOf = (stream) => stream.labels?.content ?? stream.id;

/** What an incident is about: the name of the stream, or of the viewers. */
export function subject(id, streams) {
  if (isCohort(id)) return `Viewers: ${cohortName(cohortOf(id))}`;
  const stream = streams.get(id);
  return stream ? nameOf(stream) : id;
}

/** Id of the measure that an incident of viewers is about: "experience.rebuffering_percent" is of rebufferingPercent. */
export const measureOf = (incident) => incident.cause.slice(incident.cause.indexOf(".") + 1).replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** What happened, in one line: of viewers in the units of people, where its numbers are known. */
export function headline(incident) {
  const id = measureOf(incident);
  const { [id]: value, usual } = incident.measurements ?? {};
  if (!isCohort(incident.stream) || !MEASURES[id] || value === undefined || usual === undefined) return incident.message;
  return `${MEASURES[id].name} ${wordedOf(id, value)} instead of ${wordedOf(id, usual)}`;
}

/** What a track is, in one line. */
export function trackLine(track) {
  const parts = [track.codec?.toUpperCase()];
  if (track.type === "video") parts.push(`${track.width}×${track.height}`, track.frameRate ? `${+track.frameRate.toFixed(2)} fps` : null);
  else parts.push(track.sampleRate ? `${track.sampleRate / 1000} kHz` : null, channels(track.channels));
  return parts.filter(Boolean).join(" · ");
}

function channels(count) {
  return { 1: "mono", 2: "stereo", 6: "5.1" }[count] ?? (count ? `${count} channels` : null);
}
