package io.aircheck.experience.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.alert.Audience.Behaviour;
import io.aircheck.experience.alert.Audience.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class AlertSnapshotTest {
  private static final Behaviour USUAL = (part, millis) -> 0.02;
  private static final Behaviour FAULT =
      (part, millis) -> part.equals(new Part("cdn-b", "DE", "tv")) ? 0.3 : 0.02;

  /** Two days by windows of a minute, so that hours of the week are known, with an open alert. */
  private static AlertRun twoDays() {
    return new AlertRun(AlertPolicy.DEFAULT, AlertRun.MINUTE)
        .during(48 * AlertRun.HOUR, USUAL)
        .during(10 * AlertRun.MINUTE, FAULT);
  }

  @Test
  void state_fromItsBytes_isTheSameAndGoesOnTheSame() throws IOException {
    AlertRun run = twoDays();
    assertThat(run.state().active()).isNotEmpty();

    AlertSnapshot snapshot = new AlertSnapshot(run.state(), "minutes");
    AlertSnapshot again = AlertSnapshot.of(snapshot.toBytes());

    assertThat(again).isEqualTo(snapshot);
    CubeWindow next = new Audience(AlertRun.MINUTE).window(run.now(), FAULT);
    AlertFold fold = new AlertFold(AlertPolicy.DEFAULT);
    assertThat(fold.apply(again.state(), next)).isEqualTo(fold.apply(run.state(), next));
  }

  @Test
  void firstState_isItself() throws IOException {
    AlertSnapshot first = new AlertSnapshot(AlertState.FIRST, "");

    assertThat(AlertSnapshot.of(first.toBytes())).isEqualTo(first);
  }

  @Test
  void bytes_thatAreDamagedOrOfSomethingElse_areRefusedAndSaidWhy() {
    byte[] good = new AlertSnapshot(twoDays().state(), "minutes").toBytes();
    byte[] flipped = good.clone();
    flipped[good.length / 2] ^= 1;
    byte[] newer = good.clone();
    newer[11] = 9;

    assertRefused(flipped, "damaged");
    assertRefused(Arrays.copyOf(good, good.length - 1), "damaged");
    assertRefused(Arrays.copyOf(good, 5), "no file of what is usual");
    assertRefused(new byte[0], "no file of what is usual");
    assertRefused(
        "{\"something\": \"else, of another program\"}".getBytes(StandardCharsets.UTF_8),
        "no file");
    assertRefused(newer, "version 9, and this is 1");
  }

  private static void assertRefused(byte[] bytes, String why) {
    assertThatThrownBy(() -> AlertSnapshot.of(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }
}
