// Who was shown the defect, beside viewers of the same content who were not.
import { html, nothing } from "/page/kit/lit.js";
import { hint } from "/page/kit/notice.js";

const WHOLE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const EXACT = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** @param told `viewers` of an incident */
export const exposure = (told) => html`
  <section class="card" aria-label="Viewers"><h2>Viewers</h2>
    <p class="figure"><strong class="num">${WHOLE.format(told.viewers)}</strong> were shown it, <span class="num">${EXACT.format(told.viewerMinutes)}</span> minutes in all</p>
    <table class="compare">
      <thead><tr><th scope="col"></th><th scope="col">shown it</th><th scope="col">not shown it</th></tr></thead>
      <tbody>
        ${row("Viewers", told.viewers, told.otherViewers, WHOLE)}
        ${row("Left meanwhile, %", told.leftPercent, told.othersLeftPercent, EXACT)}
        ${row("Rebuffering, %", told.exposed.rebufferingPercent, told.others.rebufferingPercent, EXACT)}
        ${row("Stalls an hour", told.exposed.stallsPerHour, told.others.stallsPerHour, EXACT)}
        ${row("Bitrate, kbit/s", told.exposed.bitrateKbps, told.others.bitrateKbps, WHOLE)}
      </tbody>
    </table>
    ${told.complete ? nothing : hint("Its beginning was no longer remembered when it was found: there may have been more.")}
  </section>`;

const row = (name, shown, others, format) => shown === undefined && others === undefined ? nothing : html`
  <tr><th scope="row">${name}</th><td class="num">${shown === undefined ? "–" : format.format(shown)}</td><td class="num">${others === undefined ? "–" : format.format(others)}</td></tr>`;
