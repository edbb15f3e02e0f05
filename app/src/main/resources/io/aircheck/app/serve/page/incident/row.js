// An incident in a list.
import { html, nothing } from "/page/kit/lit.js";
import { path } from "/page/kit/api.js";
import { data } from "/page/kit/data.js";
import { headline, incidentState, severity, subject } from "/page/kit/words.js";
import { lasted, time } from "/page/kit/time.js";
import { worded } from "/page/kit/measures.js";

/** @param withStream whether the list is about more than one stream */
export const incidentRow = (incident, withStream) => html`
  <li><a href=${path`/incidents/${incident.id}`}>
    <span class="marks">${severity(incident.severity)}${incidentState(incident.state)}</span>
    <span class="body">
      <span class="message" title=${incident.message}>${headline(incident)}</span><br>
      <span class="small dim">${withStream ? html`<strong>${subject(incident.stream, data.streams)}</strong> · ` : nothing}<code>${incident.cause}</code>
        ${incident.renditions?.length > 0 ? ` · ${incident.renditions.join(", ")}` : nothing}
        ${incident.occurrences > 1 ? ` · ${incident.occurrences} times` : nothing}
        ${incident.group ? " · one of several streams" : nothing}
        ${incident.acknowledgement ? ` · acknowledged by ${incident.acknowledgement.by}` : nothing}
        ${viewersOf(incident)}
        ${incident.muted ? " · muted" : nothing}</span>
    </span>
    <span class="when">${time(incident.firstSeen)}<br>${lasted(incident)}</span>
  </a></li>`;

/** How many it hits: of a defect those who were shown it, of viewers those who watched when it was measured last. */
function viewersOf(incident) {
  const viewers = incident.viewersHit ?? incident.measurements?.viewers;
  return viewers > 0 ? ` · ${worded(viewers, 0)} ${viewers === 1 ? "viewer" : "viewers"}` : nothing;
}
