// Fresh pictures for the tiles that can be seen, a few at a time, so that two hundred tiles neither
// stop the page nor the service.
const FRESH = 2000;
const TICK = 250;
const AT_ONCE = 4;
const RETRY = 6000;
/** A picture that is older than this no longer tells how the stream is now. */
const STALE = 15_000;

export class Thumbnails {
  #seen = new Set();
  #known = new Map();
  #loading = 0;
  #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#seen.add(target);
      else this.#seen.delete(target);
    }
    this.#load();
  }, { rootMargin: "120px" });
  #timer = setInterval(() => this.#load(), TICK);

  /** These are the pictures now. */
  watch(images) {
    const now = new Set(images);
    for (const image of this.#known.keys()) {
      if (now.has(image)) continue;
      this.#observer.unobserve(image);
      this.#seen.delete(image);
      this.#known.delete(image);
    }
    for (const image of now) {
      if (this.#known.has(image)) continue;
      this.#known.set(image, { due: 0, loaded: 0, busy: false });
      this.#observer.observe(image);
    }
  }

  #load(wanted = () => true) {
    if (document.hidden) return;
    const now = performance.now();
    const due = [...this.#seen]
      .map((image) => [image, this.#known.get(image)])
      .filter(([, state]) => state && !state.busy && state.due <= now && wanted(state))
      .sort(([, a], [, b]) => a.due - b.due);
    for (const [image, state] of due) {
      if (state.loaded > 0 && now - state.loaded > STALE) image.classList.add("stale");
      if (this.#loading >= AT_ONCE) break;
      this.#fetch(image, state);
    }
  }

  #fetch(image, state) {
    this.#loading++;
    state.busy = true;
    const done = (wait) => {
      this.#loading--;
      state.busy = false;
      state.due = performance.now() + wait;
      // Where nothing is to be seen yet, a picture does not wait for the next tick.
      this.#load((other) => other.due === 0);
    };
    image.onload = () => {
      state.loaded = performance.now();
      image.classList.add("shown");
      image.classList.remove("stale");
      done(FRESH);
    };
    image.onerror = () => {
      if (state.loaded === 0) image.classList.remove("shown");
      else image.classList.add("stale");
      done(RETRY);
    };
    const address = image.dataset.picture;
    image.src = `${address}${address.includes("?") ? "&" : "?"}t=${Math.floor(performance.timeOrigin + performance.now())}`;
  }

  close() {
    clearInterval(this.#timer);
    this.#observer.disconnect();
    this.#seen.clear();
  }
}
