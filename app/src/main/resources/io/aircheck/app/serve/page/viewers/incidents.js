// Incidents of viewers that concern those who are looked at.
import { get, query } from "/page/kit/api.js";
import { cohortOf, isCohort } from "/page/kit/cohort.js";

const KINDS = ["start_failure_percent", "playback_failures_per_hour", "exits_before_start_percent", "startup_seconds", "rebuffering_percent", "latency_seconds", "bitrate_kbps"].map((name) => `experience.${name}`);

/** Those of a time, the newest first. */
export async function incidentsOf(where, times) {
  const { items } = await get("/v1/incidents" + query({ ...times, kind: KINDS, limit: 200 }));
  return items.filter((incident) => isCohort(incident.stream) && meets(cohortOf(incident.stream), where));
}

/** Whether a viewer can be among both. */
const meets = (some, others) => [...some].every(([dimension, value]) => !others.has(dimension) || others.get(dimension) === value);
