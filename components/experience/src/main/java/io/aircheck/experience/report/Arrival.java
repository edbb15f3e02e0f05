package io.aircheck.experience.report;

import java.util.Map;

/**
 * What is known of records from the way they came, before they are read. Immutable.
 *
 * @param receivedMillis when they arrived, by the clock of the service, milliseconds since the
 *     epoch
 * @param channel which of the player's report streams they came by, see {@link
 *     ViewerReport#channel()}
 * @param attributes of all of them, by their names in {@link Attributes}
 */
public record Arrival(long receivedMillis, String channel, Map<String, String> attributes) {
  public Arrival {
    attributes = Map.copyOf(attributes);
  }
}
