package io.aircheck.experience.intake;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
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
   * A coarse place. Proxies, logs and databases that mean the same make the same of it.
   *
   * @param country ISO 3166 code, upper case; null: not known
   * @param region ISO 3166-2 code of a part of the country, or its name; null: not known
   * @param network autonomous system, AS and its number, or name of the network; null: not known
   */
  record Location(@Nullable String country, @Nullable String region, @Nullable String network) {
    /** A network that is told by its number alone. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    /** Anywhere. */
    public static final Location UNKNOWN = new Location(null, null, null);

    public Location {
      country = country == null ? null : country.toUpperCase(Locale.ROOT);
      network = network != null && NUMBER.matcher(network).matches() ? "AS" + network : network;
    }

    /** A place of which no region is known. */
    public Location(@Nullable String country, @Nullable String network) {
      this(country, null, network);
    }

    /** The same with what another knows beyond it. A region stays with its country. */
    public Location or(Location other) {
      boolean sameCountry = country == null || country.equals(other.country);
      return new Location(
          country == null ? other.country : country,
          region == null && sameCountry ? other.region : region,
          network == null ? other.network : network);
    }
  }
}
