// The viewers of a stream, on the time axis of its curves.
import { get, query } from "/page/kit/api.js";
import { data } from "/page/kit/data.js";
import { contentOf } from "/page/kit/words.js";
import { incidentsOf } from "/page/viewers/incidents.js";
import { groupsOf, together } from "/page/viewers/trends.js";

const MEASURES = ["viewers", "rebufferingPercent", "startupSeconds", "bitrateKbps"];
/** An answer may begin with the minute, or with the hour before which nothing is known. */
const SLACK = 120;

/** Once the service has said that it collects none, it is not asked again. */
let off = false;

/**
 * @param id of the stream
 * @param range [from, to] in seconds
 * @returns {groups, incidents, content, short}; null: no viewers are known in this time. short: the range begins earlier than what is known
 */
export async function audienceOf(id, [from, to]) {
  const stream = data.streams.get(id);
  if (off || !stream || to - from < 10) return null;
  const times = { from: iso(from), to: iso(to) };
  const content = contentOf(stream);
  try {
    const [series, incidents] = await Promise.all([
      get("/v1/viewers/series" + query({ stream: id, ...times, measure: MEASURES, usual: true })),
      incidentsOf(new Map([["content", content]]), times),
    ]);
    const groups = groupsOf(together([[series, "its viewers"]], true), incidents, MEASURES);
    return groups.length === 0 ? null : { groups, incidents, content, short: Date.parse(series.from) / 1000 > from + SLACK };
  } catch (failure) {
    off = failure.status === 404;
    return null;
  }
}

const iso = (seconds) => new Date(seconds * 1000).toISOString();
