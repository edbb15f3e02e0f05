// Incidents of a stream on a line of time; each leads to its page.
import { html, svg } from "/page/kit/lit.js";
import { clock, moment } from "/page/kit/time.js";
import { path } from "/page/kit/api.js";
import { headline } from "/page/kit/words.js";

const WIDTH = 1000;
const HEIGHT = 46;
const TICKS = 5;
/** An incident of a second must be seen within a month. */
const NARROWEST = 5;
const ROW = { error: 4, warning: 13, info: 22 };

export function timeline(incidents, from, to) {
  const x = (seconds) => ((seconds - from) / (to - from)) * WIDTH;
  const label = to - from > 86_400 ? moment : clock;
  return html`
    <svg class="timeline" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="group" aria-label="Incidents on the time line">
      ${Array.from({ length: TICKS }, (_, i) => {
        const at = from + ((i + 0.5) / TICKS) * (to - from);
        return svg`<line class="tick" x1=${x(at)} x2=${x(at)} y1="0" y2=${HEIGHT}/>`;
      })}
      ${incidents.map((incident) => {
        const begin = Math.max(0, x(Date.parse(incident.firstSeen) / 1000));
        const end = Math.min(WIDTH, x((incident.state === "closed" ? Date.parse(incident.lastSeen) : Date.now()) / 1000));
        const words = `${incident.severity}: ${headline(incident)}, ${moment(incident.firstSeen)}`;
        return svg`<a href=${path`/incidents/${incident.id}`} aria-label=${words}><title>${words}</title>
          <rect class="span ${incident.severity}" x=${begin} y=${ROW[incident.severity] ?? 4} width=${Math.max(NARROWEST, end - begin)} height="8" rx="2"/></a>`;
      })}
    </svg>
    <div class="ticks small dim num" aria-hidden="true">${Array.from({ length: TICKS }, (_, i) => html`<span>${label((from + ((i + 0.5) / TICKS) * (to - from)) * 1000)}</span>`)}</div>`;
}
