// Viewers who have something in common, as they stand in the place of a stream: "viewers:cdn:north".
const PREFIX = "viewers:";
const ALL = "viewers:all";

const NAMES = {
  content: "content", cdn: "CDN", country: "country", region: "region", rendition: "rendition", network: "network", device: "device",
  browser: "browser", os: "system", player: "player", playerVersion: "player version", appVersion: "app version", format: "format", bot: "machine",
};

/** A dimension, for people; those of the operator by their own names. */
export const dimensionName = (dimension) => NAMES[dimension] ?? dimension;

export const titled = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** A value of a dimension, for people. */
export const valueName = (value) => (value === "" || value === undefined ? "not known" : value);

export const isCohort = (stream) => stream.startsWith(PREFIX);

/** Values by dimension. Bytes that are not plain are "_" and two hexadecimal digits. */
export function cohortOf(stream) {
  if (stream === ALL) return new Map();
  return new Map(stream.slice(PREFIX.length).split(",").map((part) => part.split(":", 2).map(told)));
}

function told(plain) {
  try {
    return decodeURIComponent(plain.replace(/_([0-9a-f]{2})/g, "%$1"));
  } catch {
    return plain;
  }
}

/** As in "CDN north, country DE". */
export const cohortName = (values) => [...values].map(([dimension, value]) => `${dimensionName(dimension)} ${valueName(value)}`).join(", ") || "all viewers";

/** Conditions of the API. */
export const conditions = (values) => [...values].map(([dimension, value]) => `${dimension}=${value}`);

/** The inverse, for those of an address. */
export const conditionsOf = (texts) => new Map(texts.map((text) => text.split(/=(.*)/s).slice(0, 2)));
