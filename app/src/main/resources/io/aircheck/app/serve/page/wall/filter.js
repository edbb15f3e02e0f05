// Which streams are shown, in which order. It is part of the address, so that it can be passed on.
import { health, nameOf, rank } from "/page/kit/words.js";
import { query } from "/page/kit/api.js";
import { rewrite } from "/page/kit/address.js";

const MOST_LABELS = 14;

const COLLATOR = new Intl.Collator(undefined, { numeric: true });

/** Problems first, then what is important, then by name. */
export function byNeed(streams) {
  return [...streams]
    .map((stream) => ({ stream, rank: rank(stream), priority: stream.priority ?? 0, name: nameOf(stream) }))
    .sort((a, b) => b.rank - a.rank || b.priority - a.priority || COLLATOR.compare(a.name, b.name))
    .map(({ stream }) => stream);
}

export class WallFilter {
  constructor(search) {
    const parameters = new URLSearchParams(search);
    this.text = parameters.get("q") ?? "";
    this.problems = parameters.get("problems") === "1";
    this.labels = new Set(parameters.getAll("label"));
  }

  active() { return this.text !== "" || this.problems || this.labels.size > 0; }

  clear() {
    this.text = "";
    this.problems = false;
    this.labels.clear();
  }

  toggle(label) {
    if (!this.labels.delete(label)) this.labels.add(label);
  }

  remember() {
    rewrite("/" + query({ q: this.text, problems: this.problems ? "1" : "", label: [...this.labels] }));
  }

  /** Ids of the streams that match. */
  matching(streams, worst) {
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    return streams.filter((stream) => this.#matches(stream, worst.get(stream.id), words)).map((stream) => stream.id);
  }

  #matches(stream, incident, words) {
    if (this.problems && !["error", "warning"].includes(health(stream).level)) return false;
    const labels = Object.entries(stream.labels ?? {}).map(([name, value]) => `${name}=${value}`);
    if (![...this.labels].every((label) => labels.includes(label))) return false;
    if (words.length === 0) return true;
    const text = [stream.id, stream.name, stream.url, ...labels, incident?.message, incident?.cause, health(stream).word].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  }

  /** Labels that streams share, the most frequent first; those that are chosen are always among them. */
  labelsOf(streams) {
    const counts = new Map([...this.labels].map((label) => [label, 0]));
    for (const stream of streams) {
      for (const [name, value] of Object.entries(stream.labels ?? {})) {
        const label = `${name}=${value}`;
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    }
    return [...counts].sort((a, b) => this.labels.has(b[0]) - this.labels.has(a[0]) || b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, MOST_LABELS);
  }
}
