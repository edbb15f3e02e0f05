// What changes at the service, as it tells it: server-sent events, and whether they arrive.
import { Emitter } from "/page/kit/emitter.js";

const NAMES = ["stream", "stream-removed", "incident", "notification", "check", "evidence"];
const LONGEST_WAIT = 15_000;

class Live extends Emitter {
  connected = false;
  #source = null;
  #wait = 1000;
  #everConnected = false;

  start() {
    this.#source?.close();
    const source = new EventSource("/v1/events");
    this.#source = source;
    source.onopen = () => {
      this.#wait = 1000;
      const again = this.#everConnected;
      this.#everConnected = true;
      this.#become(true);
      // What happened in between may be more than the service remembers.
      if (again) this.emit("reset");
    };
    source.onerror = () => {
      this.#become(false);
      // A browser gives up on an answer that is not an event stream; this page does not.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => { if (this.#source === source) this.start(); }, this.#wait);
        this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
      }
    };
    for (const name of NAMES) {
      source.addEventListener(name, (event) => this.emit(name, JSON.parse(event.data)));
    }
    source.addEventListener("reset", () => this.emit("reset"));
  }

  #become(connected) {
    if (connected === this.connected) return;
    this.connected = connected;
    this.emit("connection", connected);
  }
}

export const live = new Live();
