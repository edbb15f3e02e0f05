// What is asked about viewers: who, by which dimension, over which time, and which are compared. It is
// part of the address, so that it can be passed on.
import { query } from "/page/kit/api.js";
import { rewrite } from "/page/kit/address.js";
import { conditions, conditionsOf } from "/page/kit/cohort.js";

export const RANGES = [["10 min", 600], ["30 min", 1800], ["1 h", 3600]];
/** More than two could be drawn, but not be told apart by who reads a table. */
const MOST_COMPARED = 2;
/** Steps of curves: as exact as can be seen. */
const STEPS = new Map([[600, 10], [1800, 30], [3600, 60]]);
/** Windows fill up as players report, most of them every thirty seconds. */
export const SETTLES_SECONDS = 40;
const WINDOW = 10;

export class Question {
  constructor(search) {
    const asked = new URLSearchParams(search);
    this.where = conditionsOf(asked.getAll("where"));
    this.by = asked.get("by") ?? "";
    this.seconds = STEPS.has(Number(asked.get("seconds"))) ? Number(asked.get("seconds")) : RANGES[0][1];
    this.split = asked.get("curves") === "each";
    this.compared = asked.getAll("compare").map((text) => new Map(new URLSearchParams(text))).slice(0, MOST_COMPARED);
  }

  remember() { rewrite(this.address()); }

  address(changed = {}) {
    return "/viewers" + query({
      where: conditions(changed.where ?? this.where),
      by: this.by,
      seconds: this.seconds === RANGES[0][1] ? "" : this.seconds,
      curves: this.split ? "each" : "",
      compare: this.compared.map(key),
    });
  }

  /** The time of sums, and of curves. */
  times() {
    const to = Math.floor(Date.now() / 1000 / WINDOW) * WINDOW;
    return { from: iso(to - this.seconds), to: iso(to) };
  }

  step() { return STEPS.get(this.seconds); }

  /** Conditions of the API, of these or other viewers. */
  who(where = this.where) { return { where: conditions(where) }; }

  isCompared(where) { return this.compared.some((one) => key(one) === key(where)); }

  /** Compares some viewers, or no more; the first gives way to a third. */
  compare(where) {
    const others = this.compared.filter((one) => key(one) !== key(where));
    this.compared = others.length < this.compared.length ? others : [...this.compared, new Map(where)].slice(-MOST_COMPARED);
  }

  /** Dimensions by which these viewers can be broken down. */
  dimensions(groupings) {
    const asked = [...this.where.keys()];
    const fitting = groupings.filter((grouping) => asked.every((name) => grouping.includes(name)));
    return [...new Set(fitting.flat())].filter((name) => !this.where.has(name));
  }

  /** Makes sure that what is asked for can be answered. */
  settle(groupings) {
    const possible = this.dimensions(groupings);
    if (!possible.includes(this.by)) this.by = possible.includes("cdn") ? "cdn" : possible[0] ?? "";
  }
}

const iso = (seconds) => new Date(seconds * 1000).toISOString();

const key = (where) => new URLSearchParams([...where].sort(([a], [b]) => (a < b ? -1 : 1))).toString();
