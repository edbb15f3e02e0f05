// Icons, drawn with the colour of the text around them. Those of states differ in outline.
import { svg, html } from "/page/kit/lit.js";

const SHAPES = {
  error: svg`<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" fill="currentColor"/><path d="m8.5 8.5 7 7m0-7-7 7" stroke="var(--card)" stroke-width="2.4" stroke-linecap="round"/>`,
  warning: svg`<path d="M12 2.5 23 21.5H1z" fill="currentColor"/><path d="M12 9v6m0 3v.2" stroke="var(--card)" stroke-width="2.4" stroke-linecap="round"/>`,
  info: svg`<circle cx="12" cy="12" r="10" fill="currentColor"/><path d="M12 11v6M12 7v.2" stroke="var(--card)" stroke-width="2.4" stroke-linecap="round"/>`,
  good: svg`<circle cx="12" cy="12" r="9" stroke="currentColor" stroke-width="2.2"/><path d="m8 12.3 2.8 2.8L16 9.5" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>`,
  idle: svg`<circle cx="12" cy="12" r="9" stroke="currentColor" stroke-width="2.2" stroke-dasharray="3.5 3"/><path d="M9.5 9v6m5-6v6" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>`,
  starting: svg`<path d="M12 3a9 9 0 1 1-9 9" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>`,
  open: svg`<circle cx="12" cy="12" r="9" stroke="currentColor" stroke-width="2.2"/><circle cx="12" cy="12" r="4" fill="currentColor"/>`,
  wall: svg`<path d="M3 4h8v7H3zm10 0h8v7h-8zM3 13h8v7H3zm10 0h8v7h-8z" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/>`,
  incidents: svg`<path d="M12 3 22 20.5H2zM12 10v4.5m0 2.8v.2" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`,
  viewers: svg`<path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/><circle cx="12" cy="12" r="3" stroke="currentColor" stroke-width="1.8"/>`,
  checks: svg`<path d="M6 3h9l4 4v14H6zM9 14l2.2 2.2L15.5 11" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`,
  settings: svg`<path d="M4 7h9m4 0h3M4 17h3m4 0h9" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/><circle cx="15" cy="7" r="2.2" stroke="currentColor" stroke-width="1.8"/><circle cx="9" cy="17" r="2.2" stroke="currentColor" stroke-width="1.8"/>`,
  search: svg`<circle cx="10.5" cy="10.5" r="6.5" stroke="currentColor" stroke-width="2"/><path d="m15.5 15.5 5 5" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>`,
  add: svg`<path d="M12 5v14M5 12h14" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>`,
  theme: svg`<circle cx="12" cy="12" r="8.5" stroke="currentColor" stroke-width="1.8"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>`,
  help: svg`<path d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3m0 3.3v.2" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>`,
  link: svg`<path d="M5 12a7 7 0 0 1 14 0M8 13a4 4 0 0 1 8 0" stroke="currentColor" stroke-width="2" stroke-linecap="round"/><circle cx="12" cy="16" r="2" fill="currentColor"/>`,
  upload: svg`<path d="M12 16V4m0 0L7 9m5-5 5 5M4 16v4h16v-4" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
  muted: svg`<path d="M6 17h12l-1.5-2.5V10a4.5 4.5 0 0 0-9 0v4.5zm4 3h4M4 4l16 17" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`,
  back: svg`<path d="M14 5l-7 7 7 7" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>`,
};

export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" fill="none" aria-hidden="true">${SHAPES[name]}</svg>`;
