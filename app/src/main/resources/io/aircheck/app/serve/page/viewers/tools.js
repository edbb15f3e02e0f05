// Who is looked at, and over which time.
import { html, nothing } from "/page/kit/lit.js";
import { dimensionName, titled, valueName } from "/page/kit/cohort.js";
import { BEFORE, RANGES, RECENT } from "/page/viewers/question.js";

/** @param archived whether more than the last hour is known */
export const tools = (question, actions, archived) => html`
  <div class="spread tools">
    <div class="row" role="group" aria-label="Who is looked at">
      ${question.where.size === 0 ? html`<strong>All viewers</strong>` : [...question.where].map(([name, value]) => html`
        <button class="button slim filter" aria-label="${titled(dimensionName(name))} ${valueName(value)}: remove" title="Look at others as well" @click=${() => actions.where((where) => where.delete(name))}>
          <span class="dim">${titled(dimensionName(name))}</span> ${valueName(value)} <span aria-hidden="true">×</span></button>`)}
      ${question.where.size > 0 ? html`
        <button class="button slim" aria-pressed=${actions.isTheseCompared()} @click=${actions.compareThese}>Compare these</button>
        ${question.where.size > 1 ? html`<button class="button slim bare" @click=${() => actions.where((where) => where.clear())}>All viewers</button>` : nothing}` : nothing}
    </div>
    <div class="row">
      ${archived ? html`<label class="row small dim">Compare with <select class="size" @change=${(event) => actions.before(event.target.value)}>
        <option value="" ?selected=${!question.before}>nothing</option>${[...BEFORE].map(([word, [name]]) => html`<option value=${word} ?selected=${word === question.before}>${name}</option>`)}</select></label>` : nothing}
      <div class="segmented" role="group" aria-label="Range">${RANGES.filter(([, seconds]) => archived || seconds <= RECENT).map(([word, seconds]) => html`
        <button class="button slim" aria-pressed=${seconds === question.seconds} @click=${() => actions.seconds(seconds)}>${word}</button>`)}</div></div>
  </div>`;
