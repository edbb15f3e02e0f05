package io.aircheck.faults.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.AudioView;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class FlashAndBeepSceneTest {
  private static final Scene.Format FORMAT = new Scene.Format(64, 36, 25, 1);

  @Test
  void beep_beginsWhereItIsShiftedTo() {
    // Flash at picture 25 (1 s); the beep 80 ms later.
    FlashAndBeepScene scene = new FlashAndBeepScene(FORMAT, 50, 2, 80);
    AudioView sound = scene.sound(0, 96_000);

    int first = 0;
    while (sound.channel(0)[first] == 0) {
      first++;
    }
    // A sine begins at 0: the first sample that differs is the one after.
    assertThat(first).isEqualTo(48_000 + 80 * 48 + 1);
    assertThat(sound.channel(0)[48_000 + 160 * 48 + 1]).isZero();
  }

  @Test
  void flash_isWhiteForItsLength() {
    FlashAndBeepScene scene = new FlashAndBeepScene(FORMAT, 50, 2, 0);

    assertThat(brightness(scene, 24)).isEqualTo(40);
    assertThat(brightness(scene, 25)).isEqualTo(220);
    assertThat(brightness(scene, 26)).isEqualTo(220);
    assertThat(brightness(scene, 27)).isEqualTo(40);
    assertThat(brightness(scene, 75)).isEqualTo(220);
  }

  private static int brightness(Scene scene, long index) {
    return scene.picture(index).plane(0).get(ValueLayout.JAVA_BYTE, 700) & 0xff;
  }
}
