// The viewers of a stream, on the time axis of its curves.
import { get, query } from "/page/kit/api.js";
import { data } from "/page/kit/data.js";
import { contentOf } from "/page/kit/words.js";
import { incidentsOf } from "/page/viewers/incidents.js";
import { groupsOf, together } from "/page/viewers/trends.js";

const MEASURES = ["viewers", "rebufferingPercent", "startupSeconds", "bitrateKbps"];
/** What is known of viewers reaches back so far. */
const HOUR = 3600;

/** Once the service has said that it collects none, it is not asked again. */
let off = false;

/**
 * @param id of the stream
 * @param range [from, to] in seconds
 * @returns {groups, incidents, content, short}; null: no viewers are known in this time. short: the range begins earlier than what is known
 */
export async function audienceOf(id, [from, to]) {
  const stream = data.streams.get(id);
  const begin = Math.max(from, Date.now() / 1000 - HOUR);
  if (off || !stream || to - begin < 10) return null;
  const times = { from: iso(begin), to: iso(to) };
  const content = contentOf(stream);
  try {
    const [series, incidents] = await Promise.all([
      get("/v1/viewers/series" + query({ stream: id, ...times, measure: MEASURES, usual: true })),
      incidentsOf(new Map([["content", content]]), times),
    ]);
    const groups = groupsOf(together([[series, "its viewers"]], true), incidents, MEASURES);
    return groups.length === 0 ? null : { groups, incidents, content, short: begin > from };
  } catch (failure) {
    off = failure.status === 404;
    return null;
  }
}

const iso = (seconds) => new Date(seconds * 1000).toISOString();
