// The wall: a tile per stream, problems first.
import { html, render, repeat, nothing } from "/page/kit/lit.js";
import { painter } from "/page/kit/painter.js";
import { Leases } from "/page/kit/emitter.js";
import { data } from "/page/kit/data.js";
import { icon } from "/page/kit/icons.js";
import { badge, health } from "/page/kit/words.js";
import { onKey } from "/page/kit/keyboard.js";
import { empty, problem } from "/page/kit/notice.js";
import { tile } from "/page/wall/tile.js";
import { Thumbnails } from "/page/wall/thumbnails.js";
import { Audience } from "/page/wall/audience.js";
import { Meters } from "/page/wall/meters.js";
import { WallFilter, byNeed } from "/page/wall/filter.js";
import { moveFocus } from "/page/wall/move.js";
import { addStream } from "/page/stream/add.js";

const SIZE = "aircheck-tile-size";
/** Tiles that come into sight with one drawing: few with the one that answers the viewer, so that it is soon there. */
const FIRST_PORTION = 10;
const NEXT_PORTION = 30;
/** So long the browser has to bring to the screen what was drawn. */
const PAUSE = 50;
const SIZES = ["small", "medium", "large"];

export function wallView(root) {
  const leases = new Leases();
  const filter = new WallFilter(location.search);
  const thumbnails = new Thumbnails();
  const meters = new Meters();
  const audience = new Audience();
  const paint = painter(draw);
  let changed = true;
  let streams = [];
  let worst = new Map();
  /** Ids of the streams that match, in order; of those, the ones that are shown by now; and all that have a tile. */
  let matching = [];
  let shown = new Set();
  const made = new Set();
  let portion = data.loaded ? FIRST_PORTION : NEXT_PORTION;

  function change(edit) {
    edit();
    portion = FIRST_PORTION;
    filter.remember();
    paint();
  }

  function draw() {
    const focused = document.activeElement?.closest?.(".tile")?.dataset.stream;
    if (changed) {
      changed = false;
      streams = byNeed(data.streams.values());
      worst = data.worst();
    }
    matching = filter.matching(streams, worst);
    let room = portion;
    shown = new Set(matching.filter((id) => shown.has(id) || room-- > 0));
    for (const id of shown) made.add(id);
    if (shown.size < matching.length) setTimeout(paint, PAUSE);
    if (shown.size > 0) portion = NEXT_PORTION;
    render(content(), root);
    // A tile that moves to another place loses the focus on the way.
    if (focused && document.activeElement?.dataset?.stream !== focused) {
      root.querySelector(`[data-stream="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
    thumbnails.watch(root.querySelectorAll("img[data-picture]"));
    meters.watch(root.querySelectorAll("[data-meter]"));
    audience.watch(root.querySelectorAll("[data-viewers]"));
  }

  function content() {
    if (!data.loaded) {
      return data.error ? problem(data.error.message) : html`<p class="dim">Loading…</p>`;
    }
    if (data.streams.size === 0) {
      return empty("wall", "No stream is watched yet", "Paste the address of an HLS or DASH stream, a transport stream or a file; Aircheck looks at it at once and tells what it finds. Streams can be declared in the configuration file as well.",
        html`<button class="button first" @click=${addStream}>${icon("add")}Add a stream</button>`);
    }
    const size = localStorage.getItem(SIZE) ?? "medium";
    return html`
      <h1 class="unseen">Wall</h1>
      <div class="tools" role="search">
        <div class="search">${icon("search")}
          <input type="search" aria-label="Search streams" placeholder="Search streams" .value=${filter.text}
            @input=${(event) => change(() => { filter.text = event.target.value; })}><kbd aria-hidden="true">/</kbd></div>
        <button class="button" aria-pressed=${filter.problems} @click=${() => change(() => { filter.problems = !filter.problems; })}>${icon("incidents")}Problems only</button>
        <span class="push"></span>
        <label class="unseen" for="tile-size">Size of the tiles</label>
        <select id="tile-size" class="size" @change=${(event) => { localStorage.setItem(SIZE, event.target.value); paint(); }}>
          ${SIZES.map((word) => html`<option value=${word} ?selected=${word === size}>${word} tiles</option>`)}</select>
        <button class="button first" @click=${addStream}>${icon("add")}Add a stream</button>
        <span class="line"></span>
        <div class="labels" role="group" aria-label="Labels">
          ${filter.labelsOf(data.streams.values()).map(([label, count]) => html`
            <button class="button" aria-pressed=${filter.labels.has(label)} @click=${() => change(() => filter.toggle(label))}>${label} <span class="dim">${count}</span></button>`)}
        </div>
        <span class="tally">${tally()}</span>
      </div>
      ${matching.length === 0 ? empty("search", "No stream matches", "Nothing is hidden but by the search, the labels and “problems only”.",
        html`<button class="button" @click=${() => change(() => filter.clear())}>Show all ${data.streams.size} streams</button>`) : nothing}
      <ul class="wall" data-size=${size} aria-label="Streams">
        ${repeat(streams.filter(({ id }) => made.has(id)), ({ id }) => id, (stream) => tile(stream, worst.get(stream.id), shown.has(stream.id)))}
      </ul>`;
  }

  function tally() {
    const counts = new Map();
    for (const stream of data.streams.values()) {
      const { level } = health(stream);
      counts.set(level, (counts.get(level) ?? 0) + 1);
    }
    const words = { error: "in error", warning: "with warnings", info: "with notices", good: "good", starting: "starting", idle: "idle" };
    const light = [...data.streams.values()].filter((stream) => stream.depth === "light").length;
    return [
      ...Object.keys(words).filter((level) => counts.has(level)).map((level) => badge({ level, word: `${counts.get(level)} ${words[level]}` })),
      light > 0 ? html`<span class="dim">${light} watched lightly</span>` : nothing,
    ];
  }

  leases.add(
    data.on("change", () => {
      changed = true;
      paint();
    }),
    () => paint.stop(),
    () => thumbnails.close(),
    () => meters.close(),
    () => audience.close(),
    onKey((key, event) => {
      if (key === "/") return root.querySelector("input[type=search]")?.focus(), true;
      if (key === "a") return addStream(), true;
      if (key === "p") return change(() => { filter.problems = !filter.problems; }), true;
      if (key === "Escape") return leaveSearch(event);
      return moveFocus([...root.querySelectorAll("li:not([hidden]) > .tile")], key);
    }));

  function leaveSearch(event) {
    if (event.target.type === "search") event.target.blur();
    if (filter.active()) change(() => filter.clear());
    return true;
  }

  draw();
  return () => leases.end();
}
