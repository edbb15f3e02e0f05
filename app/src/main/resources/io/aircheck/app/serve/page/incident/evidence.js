// Pictures before, at and after, the clip, and what else was kept.
import { html, nothing } from "/page/kit/lit.js";
import { time } from "/page/kit/time.js";

const PICTURES = [["before.jpg", "Before"], ["at.jpg", "At the beginning"], ["after.jpg", "After"]];
const CURVES = "curves.json";
const NAMES = { "requests.txt": "Requests, headers and playlists around the beginning" };
/** Evidence that is not there after so long will not come. */
const GATHERING = 20_000;

export function evidence(incident) {
  const items = new Map((incident.evidence ?? []).map((item) => [item.name, item]));
  const waiting = Date.now() - Date.parse(incident.opened) < GATHERING;
  const others = [...items.values()].filter((item) => item.name !== CURVES && item.mediaType !== "image/jpeg" && !item.mediaType.startsWith("video/"));
  const pictures = PICTURES.some(([name]) => items.has(name)) || waiting;
  if (items.size === 0 && !waiting) return html`<p class="dim">Nothing was kept of it: no picture had come, or it was removed to make room.</p>`;
  return html`
    <div class="stack">
      ${pictures ? html`<div class="pictures">${PICTURES.map(([name, word]) => picture(items.get(name), name, word, waiting))}</div>` : nothing}
      ${[...items.values()].filter((item) => item.mediaType.startsWith("video/")).map((item) => html`
        <div><video class="clip" controls muted loop playsinline preload="metadata" src=${item.href} aria-label="Clip around the beginning"></video>
          <div class="spread small dim"><span>Clip around the beginning, as it came: not encoded again</span><a href=${item.href} download="${incident.stream}-${item.name}">Download</a></div></div>`)}
      ${!items.has("clip.mp4") && waiting ? html`<p class="dim small">The clip is ready some seconds after the incident opened.</p>` : nothing}
      ${others.length > 0 ? html`<ul>${others.map((item) => html`<li><a href=${item.href} target="_blank" rel="noopener">${NAMES[item.name] ?? item.name}</a> <span class="dim small">${size(item.bytes)}</span></li>`)}</ul>` : nothing}
    </div>`;
}

const picture = (item, name, word, waiting) => html`
  <figure class=${name.replace(".jpg", "")}>
    ${item ? html`<a href=${item.href} target="_blank" rel="noopener"><img src=${item.href} alt="Picture: ${word.toLowerCase()}"></a>`
      : html`<div class="missing">${waiting ? "coming" : "no picture"}</div>`}
    <figcaption>${word}${item ? html` · ${time(item.at)}` : nothing}</figcaption>
  </figure>`;

const size = (bytes) => (bytes < 10_000 ? `${bytes} bytes` : bytes < 1e7 ? `${Math.round(bytes / 1000)} kB` : `${Math.round(bytes / 1e6)} MB`);
