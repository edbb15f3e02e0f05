package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SavedTaskTest {
  @Test
  void snapshot_ofTaskAtWork_isWhatWasSaved() {
    byte[] state = new byte[200_000];
    for (int i = 0; i < state.length; i++) {
      state[i] = (byte) (i / 100);
    }

    SavedTask saved = SavedTask.at(ByteBuffer.wrap(state));

    assertThat(saved.ended()).isFalse();
    assertThat(saved.snapshot()).isEqualTo(state);
    assertThat(saved.packed().length).isLessThan(state.length / 10);
    assertThat(SavedTask.at(ByteBuffer.allocate(0)).snapshot()).isEmpty();
  }

  @Test
  void snapshot_ofDamagedBytes_isRefused() {
    byte[] packed = SavedTask.at(ByteBuffer.allocate(10_000)).packed();

    assertThatThrownBy(() -> new SavedTask(false, Arrays.copyOf(packed, 8)).snapshot())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("damaged");
  }
}
