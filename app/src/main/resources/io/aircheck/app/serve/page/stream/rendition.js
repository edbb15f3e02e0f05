// One rendition of a stream: picture, state, tracks, levels.
import { html, nothing } from "/page/kit/lit.js";
import { badge, renditionHealth, trackLine } from "/page/kit/words.js";
import { path, query } from "/page/kit/api.js";
import { problem } from "/page/kit/notice.js";
import { show } from "/page/wall/meters.js";

/** @param incidents open ones of the stream, the worst first */
export function renditionCard(stream, rendition, incidents) {
  const name = rendition.rendition ?? "";
  const sound = (rendition.tracks ?? []).filter((track) => track.type === "audio");
  return html`
    <article class="card rendition">
      <div class="picture"><img alt="Latest picture${name ? ` of ${name}` : ""}" data-picture=${path`/v1/streams/${stream}/thumbnail` + query({ rendition: name })}><span class="none">no picture</span></div>
      <div class="meters" aria-hidden="true">${sound.map((track) => html`<span class="meter"><i data-rendition=${name} data-level="${track.id} audio.level"></i></span>`)}</div>
      <div class="text">
        <div class="spread"><strong>${name || rendition.container || "input"}</strong>${badge(renditionHealth(rendition, incidents))}</div>
        ${(rendition.tracks ?? []).map((track) => html`<div class="small"><span class="dim">${track.type === "video" ? "Picture" : "Sound"}</span> ${trackLine(track)}</div>`)}
        ${levelsOf(rendition)}
        ${rendition.reconnects > 0 ? html`<div class="small dim">lost ${rendition.reconnects} times</div>` : nothing}
        ${rendition.keyPicturesOnly ? html`<div class="small dim">key pictures only</div>` : nothing}
        ${rendition.skippedFrames > 1 ? html`<div class="small warning">${rendition.skippedFrames} pictures not looked at closely, for lack of computing time</div>` : nothing}
        ${problem(rendition.problem)}
      </div>
    </article>`;
}

const SHOWN = { "audio.level": "dBFS", "audio.loudness_momentary": "LUFS" };

function levelsOf(rendition) {
  const levels = Object.entries(rendition.levels ?? {})
    .map(([name, value]) => [name.split(" ").at(-1), value])
    .filter(([metric]) => SHOWN[metric]);
  if (levels.length === 0) return nothing;
  return html`<div class="small num"><span class="dim">Level</span> ${levels.map(([metric, value]) => `${value.toFixed(1)} ${SHOWN[metric]}`).join(" · ")}</div>`;
}

/** Moves the meters, which are drawn past the templates. */
export function showLevels(root, stream) {
  const levels = new Map(stream.renditionStates.map((rendition) => [rendition.rendition ?? "", rendition.levels ?? {}]));
  for (const bar of root.querySelectorAll("i[data-rendition]")) show(bar, levels.get(bar.dataset.rendition)?.[bar.dataset.level]);
}
