package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.media.input.ByteInput;
import io.aircheck.media.input.InputJournal;
import io.aircheck.media.input.Part;
import io.aircheck.media.input.Part.Continuity;
import io.aircheck.media.input.PartSupplier;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media time of real transport streams whose timestamps are tampered with. */
class TimelineEventsTest {
  private static final int PACKET = 188;
  private static final long CLOCK = 90_000;
  private static final long PERIOD = 1L << 33;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private byte[] programme(int pictures) throws Exception {
    return Files.readAllBytes(TestMedia.write(folder.resolve("programme.ts"), "mpegts", pictures));
  }

  private Played play(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("tampered.ts"), bytes);
    try (MediaSource source = new FfmpegSourceFactory().open(SourceRequest.of(file.toString()))) {
      return Played.all(source);
    }
  }

  /** Rewrites the timestamps of all PES headers and clock references. */
  private static byte[] restamp(byte[] original, LongUnaryOperator change) {
    byte[] bytes = original.clone();
    for (int at = 0; at + PACKET <= bytes.length; at += PACKET) {
      boolean start = (bytes[at + 1] & 0x40) != 0;
      int control = bytes[at + 3] >> 4 & 3;
      int payload = at + 4;
      if ((control & 2) != 0) {
        int length = bytes[at + 4] & 0xff;
        payload += 1 + length;
        if (length >= 7 && (bytes[at + 5] & 0x10) != 0) {
          changeClockReference(bytes, at + 6, change);
        }
      }
      boolean pes =
          start
              && (control & 1) != 0
              && payload + 19 <= at + PACKET
              && bytes[payload] == 0
              && bytes[payload + 1] == 0
              && bytes[payload + 2] == 1;
      if (pes) {
        int flags = bytes[payload + 7] >> 6 & 3;
        if ((flags & 2) != 0) {
          changeStamp(bytes, payload + 9, change);
        }
        if (flags == 3) {
          changeStamp(bytes, payload + 14, change);
        }
      }
    }
    return bytes;
  }

  private static void changeStamp(byte[] b, int at, LongUnaryOperator change) {
    long old =
        (b[at] >> 1 & 7L) << 30
            | (b[at + 1] & 0xffL) << 22
            | (b[at + 2] >> 1 & 0x7fL) << 15
            | (b[at + 3] & 0xffL) << 7
            | (b[at + 4] >> 1 & 0x7fL);
    long now = Math.floorMod(change.applyAsLong(old), PERIOD);
    b[at] = (byte) (b[at] & 0xf1 | now >> 30 << 1);
    b[at + 1] = (byte) (now >> 22);
    b[at + 2] = (byte) (now >> 14 | 1);
    b[at + 3] = (byte) (now >> 7);
    b[at + 4] = (byte) (now << 1 | 1);
  }

  private static void changeClockReference(byte[] b, int at, LongUnaryOperator change) {
    long old =
        (b[at] & 0xffL) << 25
            | (b[at + 1] & 0xffL) << 17
            | (b[at + 2] & 0xffL) << 9
            | (b[at + 3] & 0xffL) << 1
            | (b[at + 4] >> 7 & 1L);
    long now = Math.floorMod(change.applyAsLong(old), PERIOD);
    b[at] = (byte) (now >> 25);
    b[at + 1] = (byte) (now >> 17);
    b[at + 2] = (byte) (now >> 9);
    b[at + 3] = (byte) (now >> 1);
    b[at + 4] = (byte) (b[at + 4] & 0x7f | now << 7);
  }

  private static void assertRegular(Played played, int pictures) {
    assertThat(played.pictures).hasSize(pictures);
    for (int n = 1; n < pictures; n++) {
      assertThat(played.pictures.get(n).ptsMicros() - played.pictures.get(n - 1).ptsMicros())
          .as("distance of picture %d", n)
          .isCloseTo(40_000, within(15L));
    }
    assertThat(played.firstLoudMicros).isCloseTo(played.firstWhiteMicros(), within(400L));
  }

  @Test
  void next_wrapOf33Bits_isNotSeen() throws Exception {
    byte[] wrapping = restamp(programme(75), time -> time + PERIOD - CLOCK);

    Played played = play(wrapping);

    assertRegular(played, 75);
    assertThat(played.events(MediaEvent.Discontinuity.class)).isEmpty();
    assertThat(played.events(MediaEvent.Gap.class)).isEmpty();
  }

  @Test
  void next_timestampsJump_tellsOnceAndGoesOn() throws Exception {
    long at = 2 * CLOCK;
    Played forward = play(restamp(programme(100), time -> time < at ? time : time + 7 * CLOCK));
    Played back = play(restamp(programme(100), time -> time < at ? time : time - CLOCK));

    assertRegular(forward, 100);
    assertThat(forward.events(MediaEvent.Discontinuity.class))
        .singleElement()
        .satisfies(
            jump -> {
              assertThat(jump.trackId()).isNull();
              assertThat(jump.jumpMicros()).isCloseTo(7_000_000, within(20_000L));
              assertThat(jump.ptsMicros()).isCloseTo(2_000_000, within(60_000L));
            });
    assertRegular(back, 100);
    assertThat(back.events(MediaEvent.Discontinuity.class))
        .singleElement()
        .satisfies(jump -> assertThat(jump.jumpMicros()).isCloseTo(-1_000_000, within(20_000L)));
  }

  @Test
  void next_packetsOfASecondMissing_tellsOfAGapThatTimeCounts() throws Exception {
    byte[] whole = programme(100);
    ByteArrayOutputStream holed = new ByteArrayOutputStream();
    int from = whole.length / PACKET * 2 / 5;
    int to = whole.length / PACKET * 3 / 5 + 3;
    holed.write(whole, 0, from * PACKET);
    holed.write(whole, to * PACKET, whole.length - to * PACKET);

    Played played = play(holed.toByteArray());

    assertThat(played.events(MediaEvent.Discontinuity.class)).isEmpty();
    List<MediaEvent.Gap> gaps = played.events(MediaEvent.Gap.class);
    assertThat(gaps).isNotEmpty();
    assertThat(gaps.getFirst().toMicros() - gaps.getFirst().fromMicros())
        .isBetween(400_000L, 1_200_000L);
    assertThat(played.pictures.getLast().ptsMicros()).isBetween(3_900_000L, 4_000_000L);
  }

  @Test
  void next_resolutionChanges_tellsTheNewFormat() throws Exception {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(programme(25));
    Path second = folder.resolve("second.ts");
    try (MediaWriter writer =
        new FfmpegWriterFactory()
            .create(
                new WriteRequest(
                    second,
                    "mpegts",
                    Optional.of(new WriteRequest.Video(64, 48, TestMedia.RATE, 1, 200_000, 12)),
                    TestMedia.request(second, "mpegts", ChannelLayout.STEREO, Map.of()).audio(),
                    Map.of()))) {
      for (int n = 0; n < 25; n++) {
        writer.video(TestMedia.picture(64, 48, n).at(n * 40_000L, 40_000));
        writer.audio(TestMedia.sound(n, ChannelLayout.STEREO));
      }
      writer.finish();
    }
    joined.writeBytes(Files.readAllBytes(second));

    Played played = play(joined.toByteArray());

    assertThat(played.pictures).hasSize(50);
    assertThat(played.pictures.getLast().width()).isEqualTo(64);
    assertThat(played.pictures.get(25).hasPrevious()).isFalse();
    assertThat(played.events(MediaEvent.FormatChange.class))
        .hasSize(2)
        .last()
        .satisfies(change -> assertThat(change.info().tracks().getFirst().width()).isEqualTo(64));
  }

  private static ByteInput bytes(byte[] content) {
    return new ByteInput() {
      private int position;

      @Override
      public int read(byte[] buffer, int offset, int length) {
        int count = Math.min(length, content.length - position);
        System.arraycopy(content, position, buffer, offset, count);
        position += count;
        return count == 0 ? -1 : count;
      }

      @Override
      public void close() {
        position = content.length;
      }
    };
  }

  private static PartSupplier parts(ArrayDeque<Part> parts) {
    return new PartSupplier() {
      @Override
      public @Nullable Part next() {
        return parts.poll();
      }

      @Override
      public void close() {
        // Nothing blocks.
      }
    };
  }

  @Test
  void next_declaredDiscontinuity_goesOnWhereThePartBeforeEnded() throws Exception {
    byte[] segment = programme(25);
    byte[] otherTimes = restamp(segment, time -> time + 1000 * CLOCK);
    ArrayDeque<Part> parts = new ArrayDeque<>();
    parts.add(new Part(bytes(segment), Continuity.DISCONTINUITY, 7));
    parts.add(new Part(bytes(otherTimes), Continuity.DISCONTINUITY, 8));
    InputJournal journal = new InputJournal();
    journal.eventAt(
        segment.length + 1L,
        time -> new MediaEvent.Idle(time.applyAsLong(segment.length + 1L), 77));

    try (MediaSource source =
        DecodePipeline.open(
            parts(parts), SourceRequest.of("test"), journal, false, MediaLimits.DEFAULT)) {
      Played played = Played.all(source);

      assertThat(played.pictures).hasSize(50);
      assertThat(played.events(MediaEvent.Discontinuity.class))
          .singleElement()
          .satisfies(
              declared -> {
                assertThat(declared.cause()).isEqualTo(MediaEvent.Discontinuity.Cause.DECLARED);
                assertThat(declared.ptsMicros()).isBetween(1_000_000L, 1_070_000L);
              });
      assertThat(played.pictures.get(25).hasPrevious()).isFalse();
      assertThat(played.pictures.get(25).ptsMicros() - played.pictures.get(24).ptsMicros())
          .isBetween(40_000L, 110_000L);
      assertThat(played.events(MediaEvent.Idle.class))
          .singleElement()
          .satisfies(noted -> assertThat(noted.ptsMicros()).isBetween(1_000_000L, 1_200_000L));
    }
  }
}
