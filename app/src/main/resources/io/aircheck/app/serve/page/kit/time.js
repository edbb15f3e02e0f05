// Times in the viewer's zone, with UTC at hand.
import { html } from "/page/kit/lit.js";

const DAY = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export const clock = (at) => CLOCK.format(new Date(at));

export const utc = (at) => new Date(at).toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");

/** Time of day, with the day when it is another one. */
export function moment(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return today ? CLOCK.format(date) : `${DAY.format(date)}, ${CLOCK.format(date)}`;
}

/** A time element: the viewer's zone to read, UTC in its title. */
export const time = (at) => html`<time class="num" datetime=${at} title=${utc(at)}>${moment(at)}</time>`;

/** The same with UTC to read as well. */
export const timeWithUtc = (at) => html`${time(at)} <span class="dim small num">${utc(at)}</span>`;

/** A span of time in words that are short. */
export function span(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** How long an incident has lasted until now. */
export function lasted(incident) {
  if (incident.state === "closed") return span(incident.durationSeconds ?? 0);
  return span(Math.max(0, (Date.now() - Date.parse(incident.firstSeen)) / 1000));
}

/** The time of an incident on an axis, in seconds. */
export const spanOf = (incident) => ({
  from: Date.parse(incident.firstSeen) / 1000,
  to: incident.state === "closed" ? Date.parse(incident.lastSeen) / 1000 : Date.now() / 1000,
  severity: incident.severity,
});
