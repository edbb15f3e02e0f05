package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LargeBlocksTest {
  private static final int PAGE = 4096;

  /**
   * Blocks that come from the system each lie at the same place of a page, others anywhere. They
   * are larger than any memory that other tests can have left free, which is always used first, and
   * smaller than the 32 MB up to which the allocator would keep blocks.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void giveBackAtOnce_largeBlockWasFreed_largeOnesStillComeFromTheSystem() {
    Natives.require();
    avutil.av_free(avutil.av_malloc(30_000_000));

    List<Pointer> blocks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      blocks.add(avutil.av_malloc(20_000_000 + 1_000L * i));
    }

    assertThat(blocks)
        .extracting(block -> block.address() % PAGE)
        .containsOnly(blocks.getFirst().address() % PAGE);
    blocks.forEach(avutil::av_free);
  }
}
