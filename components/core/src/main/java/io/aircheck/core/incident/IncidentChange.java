package io.aircheck.core.incident;

import java.util.Locale;

/**
 * Something happened to an incident.
 *
 * @param type what happened
 * @param incident the incident as it is now
 * @param atMillis when, wall-clock milliseconds since the epoch
 */
public record IncidentChange(Type type, Incident incident, long atMillis) {

  /** What can happen to an incident. */
  public enum Type {
    /** It is new. */
    OPENED,
    /**
     * It became worse, hit a further rendition, kind or stream, is now explained by another, or
     * belongs to a group.
     */
    UPDATED,
    /** The defect went away; the recovery time runs. */
    RECOVERING,
    /** The defect came back within the recovery time. */
    RECURRED,
    /** It is over: the recovery time passed, or somebody closed it by hand. */
    CLOSED,
    /** Somebody opened it again. */
    REOPENED,
    /** Somebody took it on. */
    ACKNOWLEDGED,
    /** Somebody, or a remedy, left a remark. */
    NOTED;

    /** The lower-case word used in the API and in notifications. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
