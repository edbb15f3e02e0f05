package io.aircheck.experience.intake;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where an address is, coarsely, from a database that the operator supplies. Addresses go in and
 * are kept nowhere. Thread-safe.
 */
@FunctionalInterface
public interface Locator {
  /** Knows nothing. */
  Locator NOWHERE = address -> Location.UNKNOWN;

  /** Looks an address up. */
  Location locate(InetAddress address);

  /**
   * A coarse place.
   *
   * @param country ISO 3166 code, upper case; null: not known
   * @param network autonomous system or name of the network; null: not known
   */
  record Location(@Nullable String country, @Nullable String network) {
    /** Anywhere. */
    public static final Location UNKNOWN = new Location(null, null);
  }
}
