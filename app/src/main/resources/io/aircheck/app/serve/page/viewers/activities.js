// What the time of a view is counted as: its word, and how it is drawn.
import { span as lasting } from "/page/kit/time.js";

const ACTIVITIES = {
  starting: { word: "Starting", height: "high" },
  playing: { word: "Playing", height: "middle" },
  stalled: { word: "Waiting for data", height: "full" },
  seeking: { word: "Seeking", height: "high" },
  paused: { word: "Paused", height: "low" },
  ad: { word: "Advertisement", height: "middle" },
  hidden: { word: "Waiting unseen", height: "low" },
  silent: { word: "Nothing heard", height: "low" },
};

export const activityWord = (activity) => ACTIVITIES[activity]?.word ?? activity;

/** Stretches of a time line of the API, as lanes want them. */
export const stretches = (spans) => spans.map(({ activity, from, to }) => {
  const [begin, end] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
  return { from: begin, to: end, kind: activity, height: ACTIVITIES[activity]?.height ?? "low", title: `${activityWord(activity)}, ${lasting(end - begin)}` };
});

/** What there was of each, for a legend. */
export function activityTotals(spans) {
  const totals = new Map();
  for (const { activity, from, to } of spans) {
    const { seconds = 0, times = 0 } = totals.get(activity) ?? {};
    totals.set(activity, { seconds: seconds + (Date.parse(to) - Date.parse(from)) / 1000, times: times + 1 });
  }
  return Object.keys(ACTIVITIES).filter((activity) => totals.has(activity)).map((activity) => {
    const { seconds, times } = totals.get(activity);
    const often = ["stalled", "seeking", "paused"].includes(activity) ? `, ${times} ${times === 1 ? "time" : "times"}` : "";
    return { kind: activity, height: ACTIVITIES[activity].height, word: ACTIVITIES[activity].word, value: lasting(seconds) + often };
  });
}
