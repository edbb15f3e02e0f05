package io.aircheck.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much evidence there is of which incident, counted as it comes. Not thread-safe: the store
 * that counts takes care of that.
 */
public final class Holdings {
  /** Bytes by incident, the one that got evidence last at the end. */
  private final Map<String, Long> bytes = new LinkedHashMap<>();

  private long total;

  /** An incident has so much now, and got the latest of all of it. */
  public void hold(String incident, long incidentBytes) {
    forget(incident);
    bytes.put(incident, incidentBytes);
    total += incidentBytes;
  }

  /** An incident has so much more, and got the latest of all of it. */
  public void add(String incident, long moreBytes) {
    hold(incident, bytes.getOrDefault(incident, 0L) + moreBytes);
  }

  /** An incident has nothing any more. */
  public void forget(String incident) {
    Long before = bytes.remove(incident);
    total -= before == null ? 0 : before;
  }

  /**
   * The incident whose evidence has to go first.
   *
   * @return empty when there is no more than allowed, or only one incident left
   */
  public Optional<String> excess(long maxBytes) {
    return total > maxBytes && bytes.size() > 1
        ? Optional.of(bytes.keySet().iterator().next())
        : Optional.empty();
  }
}
