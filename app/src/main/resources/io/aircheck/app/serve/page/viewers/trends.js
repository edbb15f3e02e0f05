// How it went: curves of the API as the charts want them.
import { get, query } from "/page/kit/api.js";
import { cohortName, valueName } from "/page/kit/cohort.js";
import { measureOf } from "/page/kit/words.js";
import { spanOf } from "/page/kit/time.js";
import { SETTLES_SECONDS } from "/page/viewers/question.js";

export const TRENDS = ["viewers", "startupSeconds", "startFailurePercent", "exitsBeforeStartPercent", "rebufferingPercent", "playbackFailuresPerHour", "bitrateKbps", "latencySeconds"];
/** Curves of the values that most watch; more cannot be told apart. */
const MOST = 5;

/** Curves of what is asked: {range, curves: [{name, times, settled, measures, usual}]}; so many of the times are settled. */
export async function trends(question) {
  const asked = { ...question.times(), step: question.step(), measure: TRENDS };
  if (question.compared.length > 0) {
    const answers = await Promise.all(question.compared.map((where) => series({ ...asked, ...question.who(where) })));
    return together(answers.map((answer, i) => [answer, cohortName(question.compared[i])]), false);
  }
  if (question.earlier()) {
    const [name, seconds] = question.earlier();
    const [now, then] = await Promise.all([series({ ...asked, ...question.who() }), series({ ...asked, ...question.times(seconds), ...question.who() })]);
    return together([[now, "now"], [{ ...then, times: then.times.map((time) => time + seconds) }, name]], false);
  }
  if (question.split && question.by) {
    const answer = await series({ ...asked, ...question.who(), by: question.by, limit: MOST });
    return together(answer.rows.map((row) => [{ ...answer, rows: [row] }, valueName(row.values[question.by])]), false, answer);
  }
  return together([[await series({ ...asked, ...question.who(), usual: true }), cohortName(question.where)]], true);
}

/** Address of the same as comma-separated values. */
export const trendsCsv = (question) => "/v1/viewers/series" + query({
  ...question.times(), step: question.step(), measure: TRENDS, ...question.who(), by: question.split ? question.by : "", usual: question.split ? "" : true, limit: 1000, format: "csv",
});

const series = (parameters) => get("/v1/viewers/series" + query(parameters));

/**
 * Curves of some answers; the range is that of the first.
 *
 * @param answers [[answer of the API, name of its first row]]
 * @param ranged whether what is usual is drawn
 */
export function together(answers, ranged, whole = answers[0]?.[0]) {
  const { times, stepSeconds } = whole;
  const over = ({ times: own }, until) => own.filter((time) => time + stepSeconds <= until);
  const now = Date.now() / 1000;
  return {
    range: [times[0], times[0] + times.length * stepSeconds],
    curves: answers.filter(([answer]) => answer.rows.length > 0).map(([answer, name]) => ({
      name,
      times: over(answer, now),
      settled: over(answer, answer.asOf ? Date.parse(answer.asOf) / 1000 : now - SETTLES_SECONDS).length,
      measures: answer.rows[0].measures,
      usual: ranged ? answer.rows[0].usual : undefined,
    })),
  };
}

/**
 * A chart for each measure that has any value.
 *
 * @param incidents of viewers; each is shaded in the chart of what it is about
 */
export const groupsOf = ({ curves }, incidents, measures = TRENDS) => measures.map((measure) => ({
  metric: `viewers.${measure}`,
  spans: incidents.filter((incident) => measureOf(incident) === measure).map(spanOf),
  curves: curves
    .map(({ name, times: own, settled, measures: all, usual }) => {
      // How many watch would look like a fall while they report; a ratio is one of those who have.
      const times = measure === "viewers" ? own.slice(0, settled) : own;
      return { name, times, values: all[measure].slice(0, times.length).map(notNegative), usual: usual?.[measure], sparse: true, fromZero: measure === "viewers" };
    })
    .filter((curve) => curve.values.some((value) => value !== null)),
})).filter((group) => group.curves.length > 0);

/** What a window takes back of earlier ones, such as a failure that a retry made good, is less than nothing. */
const notNegative = (value) => (value === null ? null : Math.max(0, value));

/** The numbers of a group of viewers in the latest time that is over, and in the same time before: [{name, row}]. */
export async function beforeAndNow(question, measures) {
  const [name, seconds] = question.earlier();
  // Of long times whole hours are summed, of short ones the minutes: these are no whole hours.
  const row = question.isPast()
    ? async (shift) => (await get("/v1/viewers" + query({ ...question.times(shift), ...question.who() }))).rows[0]
    : async (shift) => rowOf(await series({ ...question.block(shift), step: question.seconds, measure: ["viewers", ...measures], ...question.who() }));
  const [now, then] = await Promise.all([row(0), row(seconds)]);
  return [{ name: question.isPast() ? "now" : "latest", row: now }, { name, row: then }];
}

/** The first step of curves as sums have it. */
function rowOf({ rows }) {
  if (rows.length === 0) return undefined;
  const ratios = Object.fromEntries(Object.entries(rows[0].measures).map(([id, values]) => [id, values[0] ?? undefined]));
  return { viewers: ratios.viewers, ratios };
}

/** How many watched in the latest window that is complete; undefined: not known. */
export async function watching(question) {
  const { to } = question.times();
  const from = new Date(Date.parse(to) - 3 * Math.max(SETTLES_SECONDS, 2 * question.window) * 1000).toISOString();
  const { curves } = together([[await series({ from, to, measure: "viewers", ...question.who() }), ""]], false);
  return curves[0]?.measures.viewers[curves[0].settled - 1];
}
