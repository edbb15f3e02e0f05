// What is measured of viewers: names and units for people, and in a line what it is. The whole definitions are those of /v1/viewers/definitions.

/** By the ids of the API. */
export const MEASURES = {
  viewers: { name: "Viewers", unit: "", digits: 0, line: "who watched in a window of ten seconds" },
  startupSeconds: { name: "Start-up time", unit: "s", digits: 2, line: "to the first picture, mean of the plays" },
  failedViewsPercent: { name: "Failures", unit: "%", digits: 2, line: "of the views: a fatal error at any time" },
  startFailurePercent: { name: "Start failures", unit: "%", digits: 2, line: "of the views: an error before any picture" },
  exitsBeforeStartPercent: { name: "Left before start", unit: "%", digits: 2, line: "of the views: no picture, no error, waiting in sight" },
  playbackFailurePercent: { name: "Playback failures", unit: "%", digits: 2, line: "of the plays: ended by an error" },
  playbackFailuresPerHour: { name: "Playback failures", unit: "an hour", digits: 2, line: "of playing" },
  startingPercent: { name: "Starting", unit: "%", digits: 2, line: "of the time watched: waiting for the first picture" },
  seekingPercent: { name: "Seeking", unit: "%", digits: 2, line: "of the time watched: waiting after a seek" },
  rebufferingPercent: { name: "Rebuffering", unit: "%", digits: 2, line: "of the time watched: waiting for data" },
  stallsPerView: { name: "Stalls", unit: "a view", digits: 2, line: "mean of the views" },
  stallsPerHour: { name: "Stalls", unit: "an hour", digits: 1, line: "of playing" },
  bitrateKbps: { name: "Bitrate", unit: "kbit/s", digits: 0, line: "mean of the media shown" },
  latencySeconds: { name: "Latency", unit: "s", digits: 1, line: "behind the live edge, mean of playing" },
  watchedMinutesPerView: { name: "Watched", unit: "min", digits: 1, line: "mean of the views" },
  lostPercent: { name: "Reports lost", unit: "%", digits: 2, line: "of those with numbers" },
};

const formats = new Map();

/** A number as people read it; a dash where there is none. */
export function worded(value, digits) {
  if (value === undefined || value === null) return "–";
  if (!formats.has(digits)) formats.set(digits, new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  return formats.get(digits).format(value);
}

/** The same of a measure, with its unit. */
export function wordedOf(id, value) {
  const { digits, unit } = MEASURES[id];
  return value === undefined || value === null ? "–" : `${worded(value, digits)} ${unit}`.trim();
}
