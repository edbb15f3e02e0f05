package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.testkit.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged media ends in events or in an exception of one line, never in a hang, an error of another
 * kind or the end of the process: files of every container, and HLS and DASH folders of which
 * playlists, initialization sections and segments are damaged.
 */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedInputTest {
  /** Far more than a short file can hold; reaching it means that a source does not end. */
  private static final int MAX_EVENTS = 100_000;

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

  /** Opening and reading may each take a time-out; the rest is for a machine that is busy. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path folder;

  private static List<Original> originals = List.of();

  /**
   * An undamaged input.
   *
   * @param entry name of the file to open
   * @param files content by name
   */
  private record Original(String entry, SortedMap<String, byte[]> files) {}

  @BeforeAll
  static void write() throws Exception {
    Map<String, String> hls = Map.of("hls_time", "1", "hls_playlist_type", "vod");
    originals =
        List.of(
            original("clip.mp4", "mp4", Map.of()),
            original("clip.frag", "mp4", Map.of("movflags", "frag_keyframe+empty_moov")),
            original("clip.ts", "mpegts", Map.of()),
            original("clip.mkv", "matroska", Map.of()),
            original("clip.flv", "flv", Map.of()),
            original("ts.m3u8", "hls", hls),
            original(
                "fmp4.m3u8",
                "hls",
                Map.of("hls_time", "1", "hls_playlist_type", "vod", "hls_segment_type", "fmp4")),
            original("dash.mpd", "dash", Map.of("seg_duration", "1")));
  }

  private static Original original(String entry, String container, Map<String, String> options)
      throws Exception {
    Path home = Files.createDirectory(folder.resolve("original-" + entry));
    TestMedia.write(home.resolve(entry), container, 50, ChannelLayout.STEREO, options);
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> written = Files.list(home)) {
      for (Path file : written.toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return new Original(entry, files);
  }

  /** Writes a copy of which one file is damaged, half of the time the one that is opened. */
  private static Path damagedCopy(Original original, Random random) throws IOException {
    Path home = folder.resolve("damaged-" + original.entry());
    Files.createDirectories(home);
    List<String> names = List.copyOf(original.files().keySet());
    String victim =
        random.nextBoolean() ? original.entry() : names.get(random.nextInt(names.size()));
    for (Map.Entry<String, byte[]> file : original.files().entrySet()) {
      String name = file.getKey();
      byte[] bytes = file.getValue();
      boolean text = name.endsWith(".m3u8") || name.endsWith(".mpd");
      if (name.equals(victim)) {
        bytes = text ? Damage.ofText(bytes, random) : Damage.ofBytes(bytes, random);
      }
      Files.write(home.resolve(name), bytes);
    }
    return home.resolve(original.entry());
  }

  /** What came of a number of damaged inputs. */
  private record Outcome(int played, int refused, long longestNanos) {}

  private static Outcome play(int count, long seed) throws Exception {
    Random random = new Random(seed);
    MediaSources sources = MediaSources.installed();
    int played = 0;
    int refused = 0;
    long longest = 0;
    for (int i = 0; i < count; i++) {
      Path input = damagedCopy(originals.get(i % originals.size()), random);
      long start = System.nanoTime();
      try (MediaSource source =
          sources.open(SourceRequest.of(input.toString()).withReadTimeout(READ_TIMEOUT))) {
        playToEnd(source, "damaged input %d of seed %d, %s".formatted(i, seed, input));
        played++;
      } catch (MediaException told) {
        assertThat(told).message().isNotBlank().doesNotContain("\n");
        refused++;
      }
      long taken = System.nanoTime() - start;
      assertThat(taken).as("damaged input %d of seed %d", i, seed).isLessThan(LONGEST.toNanos());
      longest = Math.max(longest, taken);
    }
    return new Outcome(played, refused, longest);
  }

  /** A playlist that lost its end is a live one: silence is where it ends for this test. */
  private static void playToEnd(MediaSource source, String which) throws MediaException {
    int events = 0;
    for (MediaEvent event = source.next();
        !(event instanceof MediaEvent.End || event instanceof MediaEvent.Idle);
        event = source.next()) {
      assertThat(++events).as(which).isLessThan(MAX_EVENTS);
    }
  }

  private static void assertAllEnd(int count, long seed) throws Exception {
    Outcome outcome = play(count, seed);

    assertThat(outcome.played() + outcome.refused()).isEqualTo(count);
    assertThat(outcome.played()).isPositive();
    assertThat(outcome.refused()).isPositive();
  }

  @Test
  void open_someMutatedInputs_endInEventsOrException() throws Exception {
    assertAllEnd(64, 1);
  }

  @Test
  @Tag("slow")
  void open_thousandMutatedInputs_endInEventsOrException() throws Exception {
    assertAllEnd(1000, 2);
  }
}
