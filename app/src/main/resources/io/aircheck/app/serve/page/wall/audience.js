// Viewers of all streams with one request, shown without drawing any tile anew. Where no viewers are
// collected it is asked once and not again.
import { html, render } from "/page/kit/lit.js";
import { get } from "/page/kit/api.js";
import { icon } from "/page/kit/icons.js";
import { worded } from "/page/kit/measures.js";

const EVERY = 5000;

export class Audience {
  #places = [];
  /** Viewers by the id of the stream, as they were told last. */
  #known = {};
  #busy = false;
  #timer = setInterval(() => this.#update(), EVERY);

  watch(places) {
    const first = this.#places.length === 0;
    // A tile that is new need not wait for the next answer.
    for (const place of places) if (place.hidden) show(place, this.#known[place.dataset.viewers]);
    this.#places = [...places];
    if (first && this.#places.length > 0) this.#update();
  }

  async #update() {
    if (document.hidden || this.#busy || this.#places.length === 0) return;
    this.#busy = true;
    try {
      this.#known = (await get("/v1/viewers/streams")).items;
    } catch (failure) {
      this.#known = {};
      if (failure.status === 404 || failure.status === 410) this.close();
    } finally {
      this.#busy = false;
    }
    for (const place of this.#places) show(place, this.#known[place.dataset.viewers]);
  }

  close() { clearInterval(this.#timer); }
}

/** @param viewers undefined where nobody counts them */
function show(place, viewers) {
  place.hidden = viewers === undefined;
  if (viewers !== undefined) render(html`${icon("viewers")}${worded(viewers, 0)}<span class="unseen"> ${viewers === 1 ? "viewer" : "viewers"}</span>`, place);
}
