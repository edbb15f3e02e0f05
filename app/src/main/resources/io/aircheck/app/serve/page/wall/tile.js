// One stream on the wall. Drawn anew only when what it shows has changed.
import { html, guard, nothing } from "/page/kit/lit.js";
import { badge, health, nameOf } from "/page/kit/words.js";
import { path } from "/page/kit/api.js";

/** @param shown one that is hidden by the search keeps its elements: it may be back with the next letter */
export function tile(stream, incident, shown) {
  const state = health(stream);
  const tracks = soundTracks(stream);
  const what = stream.problem ?? incident?.message ?? "";
  return html`<li ?hidden=${!shown}>${guard(
    [state.word, what, incident?.id, stream.incidents, nameOf(stream), stream.revision, tracks, stream.url, stream.depth, stream.missingDetectors?.join()],
    () => html`
      <a class="tile" href=${path`/streams/${stream.id}`} data-stream=${stream.id} data-level=${state.level}>
        <span class="picture">
          <img alt="" data-picture=${path`/v1/streams/${stream.id}/thumbnail`}><span class="none">no picture</span>
          ${badge(state)}<span class="audience num" data-viewers=${stream.id} hidden></span>
        </span>
        <span class="meters" aria-hidden="true">${Array.from({ length: tracks }, (_, i) => html`<span class="meter"><i data-meter=${stream.id} data-track=${i}></i></span>`)}</span>
        <span class="text">
          <span class="name" title=${stream.url}>${nameOf(stream)}</span>
          <span class="what ${what ? state.level : "dim"}" title=${what}>${what || summary(stream)}${stream.incidents > 1 ? html` <span class="dim">+${stream.incidents - 1}</span>` : nothing}</span>
          <span class="chips">${stream.missingDetectors ? html`<span class="chip" title=${`watched without ${stream.missingDetectors.join(", ")}`}>in part</span>` : nothing}${stream.depth === "light" ? html`<span class="chip" title=${`watched lightly: ${stream.depthReason}`}>light</span>` : nothing}${Object.entries(stream.labels ?? {}).slice(0, 3).map(([name, value]) => html`<span class="chip">${name}=${value}</span>`)}</span>
        </span>
      </a>`)}</li>`;
}

/** Sound tracks of the first rendition that has any. */
function soundTracks(stream) {
  for (const rendition of stream.renditionStates ?? []) {
    const count = (rendition.tracks ?? []).filter((track) => track.type === "audio").length;
    if (count > 0) return count;
  }
  return 0;
}

function summary(stream) {
  const renditions = stream.renditionStates ?? [];
  const video = renditions.flatMap((rendition) => rendition.tracks ?? []).filter((track) => track.type === "video");
  const best = video.reduce((most, track) => (track.height > (most?.height ?? 0) ? track : most), null);
  const parts = [];
  if (renditions.length > 1) parts.push(`${renditions.length} renditions`);
  if (best) parts.push(`${best.width}×${best.height}`);
  else if (renditions.length > 0) parts.push("sound only");
  return parts.join(" · ") || "waiting for it";
}
