package io.aircheck.app.cost;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment was found to use.
 *
 * @param id its name
 * @param description what is physical about it, in a few words
 * @param metered one time or several, the number of streams growing
 * @param skippedPictures pictures that were not looked at, since the machine was too slow: what was
 *     used is too little then
 */
public record MeasuredDeployment(
    String id, String description, List<Metered> metered, long skippedPictures) {
  public MeasuredDeployment {
    metered = List.copyOf(metered);
    if (metered.isEmpty()) {
      throw new IllegalArgumentException(id + " was not metered");
    }
  }

  /** What one stream used in an hour, when there were most of them. */
  public Usage perStreamHour() {
    return metered.getLast().usage().perStreamHour();
  }

  /** What its processes need of machines; empty: it has none of its own. */
  public Optional<ProcessLoad> load() {
    return metered.getLast().usage().of(Quantity.MEMORY_GB_SECONDS) == 0
        ? Optional.empty()
        : Optional.of(ProcessLoad.between(metered.getFirst(), metered.getLast()));
  }
}
