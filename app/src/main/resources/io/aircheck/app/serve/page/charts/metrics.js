// What metrics mean: names for people, units, and which are looked at first.
import { MEASURES } from "/page/kit/measures.js";

const KNOWN = {
  "audio.level": ["Sound level", "dBFS"],
  "audio.loudness_momentary": ["Loudness, momentary", "LUFS"],
  "audio.loudness_short_term": ["Loudness, short-term", "LUFS"],
  "audio.loudness_integrated": ["Loudness, integrated", "LUFS"],
  "audio.loudness_range": ["Loudness range", "LU"],
  "audio.loudness_change": ["Change of loudness", "LU"],
  "audio.true_peak_dbtp": ["True peak", "dBTP"],
  "video.luma_mean": ["Mean luma", "code value"],
  "video.motion": ["Motion", ""],
  "told.bitrateKbps": ["Bitrate", "kbit/s"],
  "told.bufferSeconds": ["Buffer", "s"],
  "told.latencySeconds": ["Latency", "s"],
  // The two halves share their charts.
  ...Object.fromEntries(Object.entries(MEASURES).map(([id, { name, unit }]) => [`viewers.${id}`, [name, unit]])),
};

/** In this order where a stream has them. */
const FIRST = ["video.luma_mean", "video.motion", "audio.loudness_momentary", "audio.level", "audio.true_peak_dbtp", "video.moving_percent"];
const FIRST_COUNT = 4;

export function titleOf(metric) {
  if (KNOWN[metric]) return KNOWN[metric][0];
  const words = metric.slice(metric.indexOf(".") + 1).replace(/_(percent|seconds|dbtp)$/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function unitOf(metric) {
  if (KNOWN[metric]) return KNOWN[metric][1];
  if (metric.endsWith("_percent")) return "%";
  if (metric.endsWith("_seconds")) return "s";
  if (metric.endsWith("_per_second")) return "1/s";
  if (metric.endsWith("_share") || metric.endsWith("_probability")) return "0…1";
  return "";
}

/** Metrics to begin with. */
export function firstOf(metrics) {
  const chosen = FIRST.filter((metric) => metrics.includes(metric));
  return (chosen.length > 0 ? chosen : metrics).slice(0, FIRST_COUNT);
}

/** What tells one curve of a metric from another. */
export const curveName = (series) => [series.rendition, series.track].filter(Boolean).join(" ") || "all";
