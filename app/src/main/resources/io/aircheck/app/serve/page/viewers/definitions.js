// What each number means, as the service defines it.
import { html, nothing } from "/page/kit/lit.js";
import { get } from "/page/kit/api.js";
import { MEASURES } from "/page/kit/measures.js";

let asked = null;

/** Asked once; where it fails, again the next time. */
export function definitions() {
  asked ??= get("/v1/viewers/definitions").catch((failure) => {
    asked = null;
    throw failure;
  });
  return asked;
}

/** In a line, which opens to the whole definition. */
export function defined(id, { ratios, measures }) {
  const ratio = ratios.find((one) => one.id === id);
  const meaning = (name) => measures.find((one) => one.id === name)?.meaning;
  return html`
    <details class="defined"><summary>${MEASURES[id].line}</summary>
      ${ratio ? html`
        <p><code>${id}</code> = <code>${ratio.over}</code> / <code>${ratio.under}</code>${ratio.times === 1 ? nothing : ` × ${+ratio.times.toPrecision(6)}`}, in ${ratio.unit}</p>
        <dl><dt><code>${ratio.over}</code></dt><dd>${meaning(ratio.over)}</dd><dt><code>${ratio.under}</code></dt><dd>${meaning(ratio.under)}</dd></dl>`
        : html`<p><code>${id}</code>: ${meaning(id)}. A session that is silent counts for 90 s.</p>`}
    </details>`;
}
