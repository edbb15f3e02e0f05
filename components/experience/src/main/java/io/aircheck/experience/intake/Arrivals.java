package io.aircheck.experience.intake;

import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.Pool;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes coarse attributes of who sent a request. Neither the address nor the User-Agent is in what
 * comes out. Thread-safe.
 */
public final class Arrivals {
  private static final int MOST_REMEMBERED = 10_000;
  private static final int MOST_SHARED = 1 << 12;
  private static final int LONGEST_USER_AGENT = 1024;
  private static final int LONGEST_VALUE = 64;

  /** Attributes that an address or a log may tell of everything that comes by it. */
  public static final Set<String> TOLD =
      Set.of(
          Attributes.CDN,
          Attributes.DEVICE,
          Attributes.PLAYER,
          Attributes.PLAYER_VERSION,
          Attributes.APP_VERSION,
          Attributes.FORMAT);

  private final Locator locator;
  private final OptOut optOut;
  private final Set<String> customNames;
  private final Pool<Map<String, String>> shared = new Pool<>(MOST_SHARED);
  private final Map<String, Map<String, String>> ofUserAgents = new ConcurrentHashMap<>();

  /**
   * Arrivals.
   *
   * @param customNames names of attributes beyond the usual that an address may tell
   */
  public Arrivals(Locator locator, OptOut optOut, Set<String> customNames) {
    this.locator = locator;
    this.optOut = optOut;
    this.customNames = Set.copyOf(customNames);
  }

  /**
   * The arrival of what a sender sent; null where the sender has opted out, and nothing of it may
   * be kept.
   *
   * @param told attributes that the address it was sent to has as its arguments: the operator knows
   *     what players he configures
   */
  public @Nullable Arrival of(
      long receivedMillis, String channel, Sender sender, Map<String, String> told) {
    return of(receivedMillis, channel, sender, told, Location.UNKNOWN);
  }

  /**
   * The same for a sender whose place others have looked up.
   *
   * @param known of its place; what is not known of it is looked up
   */
  public @Nullable Arrival of(
      long receivedMillis,
      String channel,
      Sender sender,
      Map<String, String> told,
      Location known) {
    if (optOut.isOut(sender)) {
      return null;
    }
    Map<String, String> attributes = new HashMap<>(ofUserAgent(sender.userAgent()));
    Location location = known.or(location(sender.address()));
    put(attributes, Attributes.COUNTRY, location.country());
    put(attributes, Attributes.REGION, location.region());
    put(attributes, Attributes.NETWORK, location.network());
    told.forEach(
        (name, value) -> {
          if (TOLD.contains(name) || customNames.contains(name)) {
            put(attributes, name, value);
          }
        });
    return new Arrival(receivedMillis, channel, shared.shared(Map.copyOf(attributes)));
  }

  /** How many User-Agents are remembered, to look each up once. */
  int remembered() {
    return ofUserAgents.size();
  }

  private static void put(Map<String, String> attributes, String name, @Nullable String value) {
    if (value != null && !value.isBlank() && value.length() <= LONGEST_VALUE) {
      attributes.put(name, value);
    }
  }

  private Location location(@Nullable String address) {
    if (address == null) {
      return Location.UNKNOWN;
    }
    try {
      return locator.locate(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      return Location.UNKNOWN; // no literal, and names are not looked up
    }
  }

  private Map<String, String> ofUserAgent(@Nullable String userAgent) {
    if (userAgent == null || userAgent.length() > LONGEST_USER_AGENT) {
      return UserAgent.attributes("");
    }
    if (ofUserAgents.size() > MOST_REMEMBERED) {
      ofUserAgents.clear(); // somebody makes them up
    }
    return ofUserAgents.computeIfAbsent(userAgent, UserAgent::attributes);
  }
}
