// Tells listeners about something; each leaves by calling what it got when it came.

export class Emitter {
  #listeners = new Map();

  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
    return () => this.#listeners.get(name).delete(listener);
  }

  emit(name, value) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(value);
  }
}

/** Collects what has to be undone when a view closes. */
export class Leases {
  #ends = [];
  add(...ends) { this.#ends.push(...ends); }
  every(milliseconds, work) {
    const timer = setInterval(() => { if (!document.hidden) work(); }, milliseconds);
    this.add(() => clearInterval(timer));
  }
  listen(target, name, listener, options) {
    target.addEventListener(name, listener, options);
    this.add(() => target.removeEventListener(name, listener, options));
  }
  end() { for (const end of this.#ends.splice(0)) end(); }
}
