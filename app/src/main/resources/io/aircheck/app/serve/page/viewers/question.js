// What is asked about viewers: who, by which dimension, over which time, and which are compared, or the same
// at an earlier time. It is part of the address, so that it can be passed on.
import { query } from "/page/kit/api.js";
import { rewrite } from "/page/kit/address.js";
import { conditions, conditionsOf } from "/page/kit/cohort.js";

export const RANGES = [["10 min", 600], ["30 min", 1800], ["1 h", 3600], ["6 h", 21_600], ["1 day", 86_400], ["7 days", 604_800]];
/** Earlier times to compare with. */
export const BEFORE = new Map([["day", ["a day before", 86_400]], ["week", ["a week before", 604_800]]]);
/** What is longer is answered from the archive, by minutes, and numbers by whole hours. */
export const RECENT = 3600;
/** A dimension that the archive has by minutes alone. */
const RENDITION = "rendition";
/** More than two could be drawn, but not be told apart by who reads a table. */
const MOST_COMPARED = 2;
/** Steps of curves: as exact as can be seen. */
const STEPS = new Map([[600, 10], [1800, 30], [3600, 60], [21_600, 60], [86_400, 300], [604_800, 1800]]);
/** Windows fill up as players report, most of them every thirty seconds. */
export const SETTLES_SECONDS = 40;
const MINUTE = 60;

export class Question {
  constructor(search) {
    const asked = new URLSearchParams(search);
    this.where = conditionsOf(asked.getAll("where"));
    this.by = asked.get("by") ?? "";
    this.seconds = STEPS.has(Number(asked.get("seconds"))) ? Number(asked.get("seconds")) : RANGES[0][1];
    this.split = asked.get("curves") === "each";
    this.before = BEFORE.has(asked.get("before")) ? asked.get("before") : "";
    /** Length of the windows of the service, seconds; what it is as a rule, until it is known. */
    this.window = 10;
    this.compared = asked.getAll("compare").map((text) => new Map(new URLSearchParams(text))).slice(0, MOST_COMPARED);
  }

  remember() { rewrite(this.address()); }

  address(changed = {}) {
    return "/viewers" + query({
      where: conditions(changed.where ?? this.where),
      by: this.by,
      seconds: this.seconds === RANGES[0][1] ? "" : this.seconds,
      curves: this.split ? "each" : "",
      before: this.before,
      compare: this.compared.map(key),
    });
  }

  isPast() { return this.seconds > RECENT; }

  /** The time of sums, and of curves; what is compared with an earlier time is of whole minutes, as that is. */
  times(shift = 0) {
    const unit = this.before ? MINUTE : this.window;
    const to = Math.floor(Date.now() / 1000 / unit) * unit - shift;
    return { from: iso(to - this.seconds), to: iso(to) };
  }

  step() { return Math.max(this.before ? MINUTE : this.window, STEPS.get(this.seconds)); }

  /** The latest time of this length that is over, and in step with the same of earlier days. */
  block(shift = 0) {
    const to = Math.floor((Date.now() / 1000 - SETTLES_SECONDS) / this.seconds) * this.seconds - shift;
    return { from: iso(to - this.seconds), to: iso(to) };
  }

  /** The earlier time: [its name, seconds before]; null: none is asked for. */
  earlier() { return BEFORE.get(this.before) ?? null; }

  /** Compares with an earlier time instead of some viewers with others; an empty word: with none. */
  compareBefore(word) {
    this.before = word;
    if (word) this.compared = [];
  }

  /** Conditions of the API, of these or other viewers. */
  who(where = this.where) { return { where: conditions(where) }; }

  isCompared(where) { return this.compared.some((one) => key(one) === key(where)); }

  /** Compares some viewers, or no more; the first gives way to a third. */
  compare(where) {
    const others = this.compared.filter((one) => key(one) !== key(where));
    this.before = "";
    this.compared = others.length < this.compared.length ? others : [...this.compared, new Map(where)].slice(-MOST_COMPARED);
  }

  /** Dimensions by which these viewers can be broken down. */
  dimensions(groupings) {
    const asked = [...this.where.keys()];
    const fitting = groupings.filter((grouping) => asked.every((name) => grouping.includes(name)));
    return [...new Set(fitting.flat())].filter((name) => !this.where.has(name) && !(this.isPast() && name === RENDITION));
  }

  /** Address of the archived sessions of these viewers; null: sessions do not have what is asked for. */
  parquet() {
    return this.where.has(RENDITION) ? null : "/v1/viewers/sessions.parquet" + query({ ...this.times(), ...this.who() });
  }

  /** Makes sure that what is asked for can be answered. */
  settle({ windowSeconds, groupings }) {
    this.window = windowSeconds;
    const possible = this.dimensions(groupings);
    if (!possible.includes(this.by)) this.by = possible.includes("cdn") ? "cdn" : possible[0] ?? "";
  }
}

const iso = (seconds) => new Date(seconds * 1000).toISOString();

const key = (where) => new URLSearchParams([...where].sort(([a], [b]) => (a < b ? -1 : 1))).toString();
