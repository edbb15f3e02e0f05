package io.aircheck.experience.exposure;

import io.aircheck.experience.session.Cohort;
import java.util.Map;

/**
 * Something wrong with a content for some time.
 *
 * @param id unique, such as that of an incident
 * @param content id of the content, as players tell it
 * @param renditions renditions that have it
 * @param where values that other dimensions of the viewers must have, such as the CDN that the
 *     monitor watches; empty: none
 * @param fromMillis when it began at the live edge, wall-clock milliseconds since the epoch
 * @param toMillis until when it is known to have been there; grows while it lasts
 */
public record Defect(
    String id,
    String content,
    Renditions renditions,
    Map<String, String> where,
    long fromMillis,
    long toMillis) {
  public Defect {
    where = Map.copyOf(where);
  }

  /** Whether viewers of this cohort are shown it. */
  boolean reaches(Cohort cohort) {
    return renditions.include(cohort.rendition())
        && where.entrySet().stream()
            .allMatch(wanted -> cohort.value(wanted.getKey()).equals(wanted.getValue()));
  }

  /** Whether it is there in some of this time of the programme. */
  boolean overlaps(long programmeMillis, long lengthMillis) {
    return programmeMillis + lengthMillis > fromMillis && programmeMillis < toMillis;
  }
}
