// The few things of lit-html that the page uses, under one name.
export { html, svg, render, nothing } from "/page/lib/lit-html/lit-html.js";
export { repeat } from "/page/lib/lit-html/directives/repeat.js";
export { guard } from "/page/lib/lit-html/directives/guard.js";
export { ref } from "/page/lib/lit-html/directives/ref.js";
export { live } from "/page/lib/lit-html/directives/live.js";
export { ifDefined } from "/page/lib/lit-html/directives/if-defined.js";
