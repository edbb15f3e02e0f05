// An incident in a list.
import { html, nothing } from "/page/kit/lit.js";
import { path } from "/page/kit/api.js";
import { incidentState, severity } from "/page/kit/words.js";
import { lasted, time } from "/page/kit/time.js";

/** @param withStream whether the list is about more than one stream */
export const incidentRow = (incident, withStream) => html`
  <li><a href=${path`/incidents/${incident.id}`}>
    <span class="marks">${severity(incident.severity)}${incidentState(incident.state)}</span>
    <span class="body">
      <span class="message">${incident.message}</span><br>
      <span class="small dim">${withStream ? html`<strong>${incident.stream}</strong> · ` : nothing}<code>${incident.cause}</code>
        ${incident.renditions?.length > 0 ? ` · ${incident.renditions.join(", ")}` : nothing}
        ${incident.occurrences > 1 ? ` · ${incident.occurrences} times` : nothing}
        ${incident.group ? " · one of several streams" : nothing}
        ${incident.acknowledgement ? ` · acknowledged by ${incident.acknowledgement.by}` : nothing}
        ${incident.viewers?.viewers > 0 ? ` · ${incident.viewers.viewers} viewers` : nothing}
        ${incident.muted ? " · muted" : nothing}</span>
    </span>
    <span class="when">${time(incident.firstSeen)}<br>${lasted(incident)}</span>
  </a></li>`;
