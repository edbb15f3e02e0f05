package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.detect.DetectorCatalog;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * This process as one of several that make one service. Immutable.
 *
 * @param role what it does
 * @param address where the others reach its API; empty: the name of its machine and its port
 * @param labels streams that it takes have all of them; empty: any stream
 * @param detectors kinds that it runs, or groups such as {@code video.*}; empty: all
 * @param lease how long after its last sign of life its streams go to others
 * @param drain how long it waits for others to take its streams when it is stopped
 */
public record CopySettings(
    Copy.Role role,
    Optional<URI> address,
    Map<String, String> labels,
    List<String> detectors,
    Duration lease,
    Duration drain) {
  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(6);
  private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(20);

  /** A pause of the machine, or a database that is busy, must not make copies look dead. */
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

  /** What a copy does that is told nothing. */
  public static final CopySettings DEFAULT = of(null, null, null, null, null, null);

  /** A role as the configuration says it. */
  record RoleWord(Copy.Role role) {
    /**
     * @throws IllegalArgumentException for any other word
     */
    @JsonCreator
    static RoleWord parse(String word) {
      return new RoleWord(CopySettings.role(word));
    }
  }

  public CopySettings {
    labels = Map.copyOf(labels);
    detectors = List.copyOf(detectors);
  }

  @JsonCreator
  static CopySettings of(
      @JsonProperty("role") @Nullable RoleWord role,
      @JsonProperty("address") @Nullable URI address,
      @JsonProperty("labels") @Nullable Map<String, String> labels,
      @JsonProperty("detectors") @Nullable List<String> detectors,
      @JsonProperty("lease") @Nullable Duration lease,
      @JsonProperty("drain") @Nullable Duration drain) {
    return new CopySettings(
        role == null ? Copy.Role.ALL : role.role(),
        Optional.ofNullable(address),
        labels == null ? Map.of() : labels,
        detectors == null ? List.of() : detectors,
        lease == null ? DEFAULT_LEASE : lease,
        drain == null ? DEFAULT_DRAIN : drain);
  }

  /**
   * The role of a word.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static Copy.Role role(String word) {
    for (Copy.Role role : Copy.Role.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException("must be one of all, api, worker");
  }

  /** The same in another role. */
  public CopySettings withRole(Copy.Role other) {
    return new CopySettings(other, address, labels, detectors, lease, drain);
  }

  /** The same with labels added, or other values for them. */
  public CopySettings withLabels(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(labels);
    all.putAll(more);
    return new CopySettings(role, address, all, detectors, lease, drain);
  }

  /** The same with other detectors. */
  public CopySettings withDetectors(List<String> others) {
    return new CopySettings(role, address, labels, others, lease, drain);
  }

  /**
   * Checks them.
   *
   * @param catalog detectors that may be named
   * @throws SettingsException with a pointer into the settings of the service
   */
  void check(DetectorCatalog catalog) throws SettingsException {
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new SettingsException("/copies/lease", "must be 2s or more; 6s is the default");
    }
    if (address.isPresent()
        && (!String.valueOf(address.get().getScheme()).matches("https?")
            || address.get().getHost() == null
            || address.get().getUserInfo() != null)) {
      throw new SettingsException(
          "/copies/address", "must be an address such as http://10.0.0.7:8080");
    }
    try {
      catalog.choose(detectors, Map.of());
    } catch (IllegalArgumentException e) {
      throw new SettingsException("/copies/detectors", String.valueOf(e.getMessage()));
    }
  }
}
