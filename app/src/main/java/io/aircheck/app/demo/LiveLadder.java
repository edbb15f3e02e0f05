package io.aircheck.app.demo;

import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.faults.scene.LivelyScene;
import io.aircheck.faults.scene.Picture;
import io.aircheck.faults.scene.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;

/**
 * Encodes a generated scene into a live HLS ladder of two renditions in a folder, at the speed of
 * the clock, with faults in picture and sound where the schedule has them. Runs on one thread.
 */
final class LiveLadder {
  static final String HIGH = "360p";
  static final String LOW = "180p";
  static final int SEGMENT_SECONDS = 2;

  /** Made at once, so that a player has something to begin with. */
  static final double HEAD_START_SECONDS = 8;

  private static final Scene.Format FORMAT = new Scene.Format(640, 360, 25, 1);
  private static final int SAMPLES_PER_PICTURE = Scene.SAMPLE_RATE / 25;
  private static final int PLAYLIST_SEGMENTS = 6;
  private static final long PICTURE_NANOS = 40_000_000;

  private static final double OTHER_LIGHT = 0.4;

  /** Pictures that are late by less are made up for. */
  private static final long MOST_LATE_NANOS = 200_000_000;

  private final Path folder;
  private final List<DemoFault> faults;
  private final LivelyScene scene = new LivelyScene(FORMAT, 1);

  /** Another scene of the same kind, faster and at night: landscapes by day are much alike. */
  private final LivelyScene otherScene =
      new LivelyScene(
          new Scene.Format(
              FORMAT.width() / 2,
              FORMAT.height() / 2,
              FORMAT.frameRateNumerator(),
              FORMAT.frameRateDenominator()),
          2);

  private final Picture high = new Picture(FORMAT.width(), FORMAT.height());
  private final Picture low = new Picture(FORMAT.width() / 2, FORMAT.height() / 2);

  LiveLadder(Path folder, List<DemoFault> faults) throws IOException {
    this.folder = folder;
    this.faults = List.copyOf(faults);
    Files.createDirectories(folder.resolve(HIGH));
    Files.createDirectories(folder.resolve(LOW));
    Files.writeString(
        folder.resolve("master.m3u8"),
        """
        #EXTM3U
        #EXT-X-VERSION:3
        #EXT-X-STREAM-INF:BANDWIDTH=1500000,RESOLUTION=640x360,CODECS="avc1.42c01e,mp4a.40.2",NAME="360p"
        360p/index.m3u8
        #EXT-X-STREAM-INF:BANDWIDTH=600000,RESOLUTION=320x180,CODECS="avc1.42c015,mp4a.40.2",NAME="180p"
        180p/index.m3u8
        """);
  }

  /** Number of the segment that holds a programme time. */
  static long segmentAt(double programmeSeconds) {
    return (long) Math.floor(programmeSeconds / SEGMENT_SECONDS);
  }

  /** Name of a segment in the folder of its rendition. */
  static String segmentName(long number) {
    return String.format(Locale.ROOT, "%06d.ts", number);
  }

  /**
   * Encodes until interrupted.
   *
   * @param writers the encoder
   * @param reached told the programme time in seconds of each picture once it is written
   */
  void run(MediaWriterFactory writers, DoubleConsumer reached) throws MediaException {
    try (MediaWriter highWriter = writers.create(request(HIGH, FORMAT, 1_200_000));
        MediaWriter lowWriter = writers.create(request(LOW, otherScene.format(), 400_000))) {
      long due = System.nanoTime();
      for (long index = 0; !Thread.currentThread().isInterrupted(); index++) {
        double seconds = FORMAT.micros(index) / 1e6;
        while (due - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        // Time that is lost stays lost, as in any live encoder: made up for, faults would be short.
        long interval = seconds < HEAD_START_SECONDS ? 0 : PICTURE_NANOS;
        due = Math.max(due, System.nanoTime() - MOST_LATE_NANOS) + interval;
        draw(index, seconds);
        highWriter.video(high);
        lowWriter.video(low);
        AudioView sound = sound(index, seconds);
        highWriter.audio(sound);
        lowWriter.audio(sound);
        reached.accept(seconds);
      }
    }
  }

  private void draw(long index, double seconds) {
    long micros = FORMAT.micros(index);
    long duration = FORMAT.micros(index + 1) - micros;
    if (!holds(Type.FREEZE, seconds)) {
      high.copyOf(scene.draw(index));
      if (holds(Type.BLACK, seconds)) {
        high.fill(16, 128, 128);
      }
      low.halfOf(high);
    }
    if (holds(Type.OTHER_PROGRAMME, seconds)) {
      low.copyOf(otherScene.draw(index * 7 / 5)).dimmed(OTHER_LIGHT);
    }
    high.at(micros, duration);
    low.at(micros, duration);
  }

  private AudioView sound(long index, double seconds) {
    AudioView sound = scene.sound(index * SAMPLES_PER_PICTURE, SAMPLES_PER_PICTURE);
    if (holds(Type.SILENCE, seconds)) {
      for (int c = 0; c < sound.channels(); c++) {
        Arrays.fill(sound.channel(c), 0);
      }
    }
    return sound;
  }

  private boolean holds(Type type, double seconds) {
    for (DemoFault fault : faults) {
      if (fault.type() == type && seconds >= fault.startSeconds() && seconds < fault.endSeconds()) {
        return true;
      }
    }
    return false;
  }

  private WriteRequest request(String rendition, Scene.Format format, int bitrate) {
    Path home = folder.resolve(rendition);
    return new WriteRequest(
        home.resolve("index.m3u8"),
        "hls",
        Optional.of(
            new WriteRequest.Video(
                format.width(),
                format.height(),
                format.frameRateNumerator(),
                format.frameRateDenominator(),
                bitrate,
                SEGMENT_SECONDS * format.frameRateNumerator())),
        Optional.of(new WriteRequest.Audio(Scene.SAMPLE_RATE, ChannelLayout.STEREO, 96_000)),
        Map.of(
            "hls_time", Integer.toString(SEGMENT_SECONDS),
            "hls_list_size", Integer.toString(PLAYLIST_SEGMENTS),
            "hls_delete_threshold", "4",
            "hls_flags", "delete_segments+temp_file+independent_segments",
            "hls_segment_filename", home.resolve("%06d.ts").toString()));
  }
}
