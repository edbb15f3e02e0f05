// Sound meters: levels of all streams with one request, shown without drawing any tile anew.
import { get } from "/page/kit/api.js";

const EVERY = 1000;
/** dBFS at the left end of a meter; the right end is full scale. */
const FLOOR = -60;

export class Meters {
  #bars = [];
  #busy = false;
  #timer = setInterval(() => this.#update(), EVERY);

  watch(bars) {
    this.#bars = [...bars];
  }

  async #update() {
    if (document.hidden || this.#busy || this.#bars.length === 0) return;
    this.#busy = true;
    try {
      const { items } = await get("/v1/levels");
      for (const bar of this.#bars) show(bar, items[bar.dataset.meter]?.[bar.dataset.track]);
    } catch {
      for (const bar of this.#bars) show(bar, undefined);
    } finally {
      this.#busy = false;
    }
  }

  close() { clearInterval(this.#timer); }
}

/** @param level dBFS; undefined where there is none */
export function show(bar, level) {
  const part = level === undefined ? 0 : Math.min(1, Math.max(0, (level - FLOOR) / -FLOOR));
  // The colours stay where they are, so that red is only seen near full scale.
  bar.style.clipPath = `inset(0 ${(100 - part * 100).toFixed(1)}% 0 0)`;
}
