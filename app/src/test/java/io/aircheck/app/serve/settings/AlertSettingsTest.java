package io.aircheck.app.serve.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.baseline.RatioRule;
import io.aircheck.experience.measure.Ratio;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class AlertSettingsTest {
  private static final long WINDOW = 10_000;

  @Test
  void policy_ofNothing_isTheUsualOne() {
    assertThat(AlertSettings.DEFAULT.enabled()).isTrue();
    assertThat(AlertSettings.DEFAULT.policy(WINDOW)).isEqualTo(AlertPolicy.DEFAULT);
  }

  @Test
  void policy_ofEverything_hasIt() throws Exception {
    AlertPolicy policy =
        SettingsReader.read(
                new ObjectMapper()
                    .readTree(
                        """
                        {"learnFor": "45s", "leastViewers": 60, "openAfter": "15s",
                         "closeAfter": "2m", "zone": "Europe/Berlin"}
                        """),
                AlertSettings.class)
            .policy(WINDOW);

    assertThat(policy.baseline().leastHistoryMillis()).isEqualTo(45_000);
    assertThat(policy.baseline().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(policy.rules()).extracting(RatioRule::leastTraffic).containsOnly(60L);
    assertThat(policy.openAfter()).as("half a window counts as a whole one").isEqualTo(2);
    assertThat(policy.closeAfter()).isEqualTo(12);
  }

  /** What a viewer has all the time is more in a longer window; an event is one in any. */
  @Test
  void policy_windowsOfAMinute_countsInThem() {
    AlertPolicy minutes = AlertSettings.DEFAULT.policy(60_000);

    assertThat(minutes.openAfter()).isEqualTo(2);
    assertThat(minutes.closeAfter()).isEqualTo(1);
    assertThat(minutes.carryWindows()).isEqualTo(1);
    assertThat(grain(minutes, Ratio.BITRATE_KBPS))
        .isEqualTo(6 * grain(AlertPolicy.DEFAULT, Ratio.BITRATE_KBPS));
    assertThat(grain(minutes, Ratio.REBUFFERING_PERCENT))
        .isEqualTo(grain(AlertPolicy.DEFAULT, Ratio.REBUFFERING_PERCENT));
  }

  private static double grain(AlertPolicy policy, Ratio ratio) {
    return policy.rules().stream()
        .filter(rule -> rule.ratio() == ratio)
        .mapToDouble(RatioRule::grain)
        .findFirst()
        .orElseThrow();
  }
}
