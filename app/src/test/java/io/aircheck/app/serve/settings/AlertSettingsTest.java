package io.aircheck.app.serve.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.experience.alert.AlertPolicy;
import io.aircheck.experience.baseline.RatioRule;
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
}
