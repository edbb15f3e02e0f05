// Streams and open incidents as the service last told, kept up to date; shared by all views.
import { Emitter } from "/page/kit/emitter.js";
import { get, path } from "/page/kit/api.js";
import { live } from "/page/kit/live.js";

/** More changed streams than this are fetched all at once. */
const MANY = 8;
const GATHER = 150;
/** The least time between two fetches of everything. */
const REST = 1000;

class Data extends Emitter {
  streams = new Map();
  /** Incidents that are not closed. */
  active = new Map();
  loaded = false;
  error = null;
  #changed = new Set();
  #timer = null;
  #allFetched = -REST;

  start() {
    this.load();
    live.on("reset", () => this.load());
    live.on("stream", ({ id }) => this.#note(id));
    live.on("stream-removed", ({ id }) => {
      this.streams.delete(id);
      this.emit("change");
    });
    live.on("incident", ({ incident }) => {
      if (incident.state === "closed") this.active.delete(incident.id);
      else this.active.set(incident.id, incident);
      this.#judge(incident.stream);
      this.emit("change");
    });
  }

  /** Judges a stream by its incidents before it has been fetched anew: both are to change at the same time. */
  #judge(id) {
    const stream = this.streams.get(id);
    if (!stream) return;
    const open = this.activeOf(id).filter((incident) => incident.state === "open");
    this.streams.set(id, { ...stream, incidents: open.length, severity: open[0]?.severity });
  }

  async load() {
    try {
      const [streams, open] = await Promise.all([
        get("/v1/streams"),
        get("/v1/incidents?state=open&state=recovering&limit=1000"),
      ]);
      this.streams = new Map(streams.items.map((stream) => [stream.id, stream]));
      this.active = new Map(open.items.map((incident) => [incident.id, incident]));
      this.loaded = true;
      this.error = null;
    } catch (problem) {
      this.error = problem;
    }
    this.emit("change");
  }

  /** Fetches a stream anew, soon, together with others that change at the same time. */
  #note(id) {
    this.#changed.add(id);
    const resting = performance.now() - this.#allFetched < REST;
    this.#timer ??= setTimeout(() => this.#fetchChanged(), resting ? REST : GATHER);
  }

  async #fetchChanged() {
    this.#timer = null;
    const ids = [...this.#changed];
    this.#changed.clear();
    try {
      if (ids.length > MANY) {
        this.#allFetched = performance.now();
        const all = await get("/v1/streams");
        this.streams = new Map(all.items.map((stream) => [stream.id, stream]));
      } else {
        await Promise.all(ids.map((id) => this.#fetch(id)));
      }
    } catch {
      // The next event or the next connection brings it.
      return;
    }
    this.emit("change");
  }

  async #fetch(id) {
    try {
      this.streams.set(id, await get(path`/v1/streams/${id}`));
    } catch (problem) {
      if (problem.status !== 404) throw problem;
      this.streams.delete(id);
    }
  }

  /** Open incidents of a stream, the worst first. */
  activeOf(id) {
    return [...this.active.values()].filter((i) => i.stream === id).sort(worstFirst);
  }

  /** The worst incident of each stream that is open, not about to be over. */
  worst() {
    const worst = new Map();
    for (const incident of this.active.values()) {
      if (incident.state !== "open") continue;
      const other = worst.get(incident.stream);
      if (!other || worstFirst(incident, other) < 0) worst.set(incident.stream, incident);
    }
    return worst;
  }
}

const WEIGHT = { error: 3, warning: 2, info: 1 };
export const worstFirst = (a, b) => WEIGHT[b.severity] - WEIGHT[a.severity] || (a.opened < b.opened ? -1 : 1);

export const data = new Data();
