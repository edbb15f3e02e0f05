package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.baseline.BaselinePolicy;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Whether what gets worse for viewers becomes incidents, and when. Immutable.
 *
 * @param enabled whether it does
 * @param learnFor viewers who have been known for less are not judged
 * @param leastViewers so many views or viewers a minute are needed to judge them
 * @param openAfter it must be worse for so long
 * @param closeAfter it must not be worse any more for so long
 * @param zone whose hours and days are the habits of viewers
 */
public record AlertSettings(
    boolean enabled,
    Duration learnFor,
    int leastViewers,
    Duration openAfter,
    Duration closeAfter,
    ZoneId zone) {
  /** A window, since nothing is known of less. */
  private static final Duration SHORTEST = Duration.ofSeconds(10);

  /** What {@code leastViewers} is of. */
  private static final Duration TRAFFIC = Duration.ofMinutes(1);

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_LEARNING = Duration.ofDays(7);

  /** What is usual. */
  static final AlertSettings DEFAULT = of(null, null, null, null, null, null);

  @JsonCreator
  static AlertSettings of(
      @JsonProperty("enabled") @Nullable Boolean enabled,
      @JsonProperty("learnFor") @Nullable Duration learnFor,
      @JsonProperty("leastViewers") @Nullable Integer leastViewers,
      @JsonProperty("openAfter") @Nullable Duration openAfter,
      @JsonProperty("closeAfter") @Nullable Duration closeAfter,
      @JsonProperty("zone") @Nullable ZoneId zone) {
    BaselinePolicy usual = AlertPolicy.DEFAULT.baseline();
    return new AlertSettings(
        enabled == null || enabled,
        learnFor == null ? Duration.ofMillis(usual.leastHistoryMillis()) : learnFor,
        leastViewers == null ? 25 : leastViewers,
        openAfter == null ? Duration.ofSeconds(30) : openAfter,
        closeAfter == null ? Duration.ofMinutes(1) : closeAfter,
        zone == null ? usual.zone() : zone.normalized());
  }

  /**
   * As the alerts take it. Lengths of time are rounded up to whole windows; of windows that are
   * longer than the shortest, one that is worse may be chance, so it takes two.
   *
   * @param windowMillis length of the windows
   */
  public AlertPolicy policy(long windowMillis) {
    AlertPolicy usual = AlertPolicy.DEFAULT;
    BaselinePolicy baseline = usual.baseline();
    return new AlertPolicy(
        usual.rules().stream()
            .map(rule -> rule.withLeastTraffic(leastViewers).forWindows(windowMillis))
            .toList(),
        new BaselinePolicy(
            zone,
            baseline.halfLifeMillis(),
            learnFor.toMillis(),
            baseline.acceptMillis(),
            baseline.unusualZ(),
            baseline.raisedZ()),
        Math.max(windows(openAfter, windowMillis), windowMillis > SHORTEST.toMillis() ? 2 : 1),
        windows(closeAfter, windowMillis),
        windows(TRAFFIC, windowMillis),
        usual.silentMillis(),
        usual.relativeNoise(),
        usual.mostCohorts(),
        usual.mostSeasonal(),
        usual.mostAlerts());
  }

  private static int windows(Duration length, long windowMillis) {
    return Math.toIntExact(Math.ceilDiv(length.toMillis(), windowMillis));
  }

  void check() throws SettingsException {
    checkLength("learnFor", learnFor, LONGEST_LEARNING, "10s to 7d");
    checkLength("openAfter", openAfter, LONGEST, "10s to 1h");
    checkLength("closeAfter", closeAfter, LONGEST, "10s to 1h");
    if (leastViewers < 1) {
      throw wrong("leastViewers", "is %d, must be 1 or more".formatted(leastViewers));
    }
  }

  private static void checkLength(String name, Duration length, Duration longest, String range)
      throws SettingsException {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(longest) > 0) {
      throw wrong(name, "must be from " + range);
    }
  }

  private static SettingsException wrong(String where, String what) {
    return new SettingsException("/viewers/alerts/" + where, what);
  }
}
