package io.aircheck.notify.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.ViewerReach;
import io.aircheck.testkit.TestIncidents;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final Notification OPENED =
      Notification.of(TestIncidents.opened("news", 1_766_599_200_000L), "ops", Map.of());

  private static ViewerReach reach(long hit, long watching) {
    return new ViewerReach(OptionalLong.of(hit), OptionalLong.of(watching));
  }

  @Test
  void of_viewersKnown_saysHowManySoonAfterTheSeverity() {
    Wording wording = Wording.of(OPENED.reaching(reach(1_204, 18_231)));

    assertThat(wording.facts().get(1))
        .isEqualTo(new Wording.Fact("Viewers", "1,204 shown it, 18,231 watching"));
  }

  @Test
  void of_noneShownItYet_saysHowManyWatch() {
    assertThat(Wording.viewers(reach(0, 231))).contains("231 watching");
  }

  @Test
  void of_nobodyKnownToWatch_saysNothingOfViewers() {
    assertThat(Wording.of(OPENED).facts()).extracting(Wording.Fact::name).doesNotContain("Viewers");
    assertThat(Wording.viewers(reach(0, 0))).isEmpty();
  }
}
