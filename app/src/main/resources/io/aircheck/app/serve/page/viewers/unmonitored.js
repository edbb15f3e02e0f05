// What viewers watch and no stream shows: nobody would see a defect in it.
import { html, nothing } from "/page/kit/lit.js";
import { hint } from "/page/kit/notice.js";
import { worded } from "/page/kit/measures.js";

const NAMED = 5;

/** @param answer of /v1/viewers/streams */
export function unmonitored({ unmonitored: contents = [], moreUnmonitored = 0 }) {
  if (contents.length === 0) return nothing;
  const more = contents.length + moreUnmonitored - NAMED;
  return hint(html`Watched, and not monitored: ${contents.slice(0, NAMED).map(({ content, viewers }, i) => html`${i > 0 ? ", " : nothing}<strong>${content}</strong> (${worded(viewers, 0)})`)}${more > 0 ? ` and ${more} more` : nothing}.
    <a href="/">Add their streams</a>; a stream shows the content that its label <code>content</code> names, or else the one of its id.`);
}
