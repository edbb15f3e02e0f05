package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged media ends in events or in an exception, never in a hang or the end of the process. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedInputTest {
  /** Far more than a short file can hold; reaching it means that a source does not end. */
  private static final int MAX_EVENTS = 100_000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path folder;

  private static List<byte[]> originals = List.of();

  @BeforeAll
  static void write() throws Exception {
    originals =
        List.of(
            programme("mp4", Map.of()),
            programme("mp4", Map.of("movflags", "frag_keyframe+empty_moov")),
            programme("mpegts", Map.of()),
            programme("matroska", Map.of()),
            programme("flv", Map.of()));
  }

  private static byte[] programme(String container, Map<String, String> options) throws Exception {
    Path file = folder.resolve("original");
    return Files.readAllBytes(TestMedia.write(file, container, 25, ChannelLayout.STEREO, options));
  }

  /** Damages a copy in one of several ways. */
  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    // Half of the damage goes to the head, where the structure is.
    int reach = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 2048);
    switch (random.nextInt(5)) {
      case 0 -> {
        int flips = 1 + random.nextInt(200);
        for (int i = 0; i < flips; i++) {
          bytes[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      case 2 -> {
        // A length field of wrong or enormous value, wherever it hits.
        int at = random.nextInt(Math.max(1, reach - 8));
        int value =
            random.nextBoolean() ? random.nextInt() : Integer.MAX_VALUE - random.nextInt(16);
        for (int i = 0; i < 4; i++) {
          bytes[at + i] = (byte) (value >>> (24 - 8 * i));
        }
      }
      case 3 -> {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(4096));
        byte[] rest = Arrays.copyOfRange(bytes, to, bytes.length);
        bytes = Arrays.copyOf(bytes, from + rest.length);
        System.arraycopy(rest, 0, bytes, from, rest.length);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(8192));
        byte[] noise = new byte[to - from];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, from, noise.length);
      }
    }
    return bytes;
  }

  private static void playMutations(int count, long seed) throws Exception {
    Random random = new Random(seed);
    Path file = folder.resolve("mutated");
    int played = 0;
    int refused = 0;
    for (int i = 0; i < count; i++) {
      Files.write(file, mutate(originals.get(i % originals.size()), random));
      try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
        int events = 0;
        while (!(source.next() instanceof MediaEvent.End)) {
          assertThat(++events).as("mutation %d of seed %d", i, seed).isLessThan(MAX_EVENTS);
        }
        played++;
      } catch (MediaException told) {
        assertThat(told).message().isNotBlank().doesNotContain("\n");
        refused++;
      }
    }
    assertThat(played + refused).isEqualTo(count);
    assertThat(played).isPositive();
  }

  @Test
  void open_someMutatedFiles_endInEventsOrException() throws Exception {
    playMutations(40, 1);
  }

  @Test
  @Tag("slow")
  void open_thousandMutatedFiles_endInEventsOrException() throws Exception {
    playMutations(1000, 2);
  }
}
