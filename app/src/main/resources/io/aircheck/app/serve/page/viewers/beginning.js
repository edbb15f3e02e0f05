// What to do where nothing is known of viewers yet.
import { html } from "/page/kit/lit.js";
import { icon } from "/page/kit/icons.js";

/** Nothing is collected. */
export const switchedOff = () => beginning("Viewers are not collected", html`
  <p>A stream monitor knows what left the packager; viewers know what arrived. Switch it on in the configuration file and start the service again:</p>
  <pre><code>viewers:
  enabled: true</code></pre>
  <p>Players then report what their viewers live through, to this service alone. No address of a viewer is kept.</p>`);

/** Nobody has reported. */
export const nobodyReports = () => beginning("No player has reported yet", html`
  <p>One line in the web page of your player, with the id of what it shows:</p>
  <pre><code>&lt;script src="${location.origin}/aircheck.js" data-content="channel-1"&gt;&lt;/script&gt;</code></pre>
  <p>It finds the video by itself; hls.js, dash.js, Shaka and video.js can also be configured to report (CMCD, version 2) to <code>${location.origin}/v1/viewers/reports</code>. To see it work before that:</p>
  <pre><code>./aircheck viewers --to ${location.origin}</code></pre>
  <p><a href="/viewers/kept">What is kept of viewers, and for how long</a></p>`);

const beginning = (title, text) => html`<section class="empty beginning">${icon("viewers")}<h2>${title}</h2>${text}</section>`;
