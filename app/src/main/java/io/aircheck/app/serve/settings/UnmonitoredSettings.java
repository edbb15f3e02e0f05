package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of contents that viewers watch and no stream of the service shows. Immutable.
 *
 * @param leastViewers so many have to watch one until anything is done
 * @param after for so long
 * @param watch how they are watched then; empty: they are only told
 */
public record UnmonitoredSettings(int leastViewers, Duration after, Optional<Watch> watch) {
  /** Ten viewers for a minute are told. */
  public static final UnmonitoredSettings DEFAULT = of(null, null, null);

  /**
   * How they are watched.
   *
   * @param url where they are
   * @param mostStreams so many are watched at most
   * @param leaveAfter when nobody has watched one for so long, it is not watched any more
   * @param policy name of the policy that they are watched by
   */
  public record Watch(ContentAddress url, int mostStreams, Duration leaveAfter, String policy) {
    /**
     * @throws IllegalArgumentException without an address
     */
    @JsonCreator
    static Watch of(
        @JsonProperty("url") @Nullable ContentAddress url,
        @JsonProperty("mostStreams") @Nullable Integer mostStreams,
        @JsonProperty("leaveAfter") @Nullable Duration leaveAfter,
        @JsonProperty("policy") @Nullable String policy) {
      if (url == null) {
        throw new IllegalArgumentException(
            "needs a url, such as https://origin.example.com/{content}/master.m3u8");
      }
      return new Watch(
          url,
          mostStreams == null ? 20 : mostStreams,
          leaveAfter == null ? Duration.ofMinutes(15) : leaveAfter,
          policy == null ? PolicySettings.DEFAULT_NAME : policy);
    }
  }

  @JsonCreator
  static UnmonitoredSettings of(
      @JsonProperty("leastViewers") @Nullable Integer leastViewers,
      @JsonProperty("after") @Nullable Duration after,
      @JsonProperty("watch") @Nullable Watch watch) {
    return new UnmonitoredSettings(
        leastViewers == null ? 10 : leastViewers,
        after == null ? Duration.ofMinutes(1) : after,
        Optional.ofNullable(watch));
  }

  /**
   * @param policies that there are
   */
  void check(PolicyBook policies) throws SettingsException {
    if (leastViewers < 1) {
      throw wrong("leastViewers", "is %d, must be 1 or more".formatted(leastViewers));
    }
    if (after.isNegative()) {
      throw wrong("after", "must be 0s or more");
    }
    if (watch.isPresent()) {
      Watch how = watch.get();
      if (how.mostStreams() < 1) {
        throw wrong("watch/mostStreams", "is %d, must be 1 or more".formatted(how.mostStreams()));
      }
      if (how.leaveAfter().isNegative()) {
        throw wrong("watch/leaveAfter", "must be 0s or more");
      }
      if (policies.find(how.policy()).isEmpty()) {
        throw wrong("watch/policy", "there is no policy " + how.policy());
      }
    }
  }

  private static SettingsException wrong(String where, String what) {
    return new SettingsException("/viewers/unmonitored/" + where, what);
  }
}
