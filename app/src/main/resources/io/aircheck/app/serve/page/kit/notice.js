// Short things that are said to the viewer.
import { html, nothing } from "/page/kit/lit.js";
import { icon } from "/page/kit/icons.js";

/** A problem in place, for the eye and the ear. */
export const problem = (text) => (text ? html`<div class="notice" role="alert">${icon("error")}<div>${text}</div></div>` : nothing);

export const hint = (text) => html`<div class="notice mild">${icon("info")}<div>${text}</div></div>`;

/** Says something to those who listen to the page. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

/** What is shown where nothing is yet: what to do next. */
export const empty = (sign, title, text, action = nothing) =>
  html`<section class="empty">${icon(sign)}<h2>${title}</h2><p>${text}</p>${action}</section>`;
