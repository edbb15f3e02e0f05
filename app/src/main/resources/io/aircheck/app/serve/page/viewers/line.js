// A time line of the API as lanes and curves.
import { path } from "/page/kit/api.js";
import { headline, nameOf } from "/page/kit/words.js";
import { span as lasting } from "/page/kit/time.js";

const CURVES = [["told.bitrateKbps", "bitrateKbps", true], ["told.bufferSeconds", "bufferSeconds", false], ["told.latencySeconds", "latencySeconds", false]];
/** Players report every half a minute or so; where it was longer, nobody knows what was between. */
const GAP_SECONDS = 90;

/** A lane for each stream that shows what was watched, with what the monitor found on it. */
export function monitorLanes(timeline, incidents, streams) {
  const ids = [...new Set(timeline.views.flatMap((view) => view.streams))];
  return ids.map((id) => {
    const own = incidents.filter((incident) => incident.stream === id);
    return {
      name: `Monitor: ${nameOf(streams.get(id) ?? { id })}${own.length === 0 ? ", no incident" : ""}`,
      spans: own.map((incident) => {
        const from = Date.parse(incident.firstSeen) / 1000;
        const to = incident.state === "closed" ? Date.parse(incident.lastSeen) / 1000 : Date.now() / 1000;
        return { from, to, kind: incident.severity, height: "high", href: path`/incidents/${incident.id}`, title: `${incident.severity}: ${headline(incident)} ${lasting(to - from)}` };
      }),
    };
  });
}

/** A chart for each thing that the player told. */
export const toldCurves = ({ told }) => CURVES.map(([metric, name, stepped]) => ({
  metric,
  curves: [{ name: "as the player told it", stepped, ...withoutNulls(told.times, told[name]) }].filter((curve) => curve.times.length > 0),
})).filter((group) => group.curves.length > 0);

function withoutNulls(times, values) {
  const known = { times: [], values: [] };
  times.forEach((time, i) => {
    if (values[i] === null) return;
    const before = known.times.at(-1);
    if (time === before) return;
    if (time - before > GAP_SECONDS) {
      known.times.push(before + GAP_SECONDS);
      known.values.push(null);
    }
    known.times.push(time);
    known.values.push(values[i]);
  });
  return known;
}
