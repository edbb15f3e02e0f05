// The keys.
import { html } from "/page/kit/lit.js";
import { openDialog } from "/page/kit/dialog.js";

const KEYS = [
  ["1 2 3 4 5", "wall, incidents, viewers, checks, settings"],
  ["/", "search"],
  ["j k ← ↑ ↓ →", "move on the wall and in lists"],
  ["Enter", "open what has the focus"],
  ["Esc", "leave the search; take back the last filter (viewers); back to where one came from"],
  ["a", "add a stream (on the wall); acknowledge (on an incident)"],
  ["p", "problems only (on the wall)"],
  ["n", "write a note (on an incident)"],
  ["t", "colours: as the system, dark, light"],
  ["?", "this"],
];

export function showHelp() {
  openDialog("Keys", ({ close }) => html`
    <h2>Keys</h2>
    <dl class="keys">
      ${KEYS.map(([keys, does]) => html`<dt>${keys.split(" ").map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd>`)}
    </dl>
    <div class="ends"><button class="button first" autofocus @click=${() => close()}>Close</button></div>`);
}
