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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Encodes a generated scene into a live HLS ladder in a folder, at the speed of the clock, with
 * faults in picture and sound where the schedule has them. Runs on one thread.
 */
final class LiveLadder {
  static final int SEGMENT_SECONDS = 2;

  /** Made at once, so that a player has something to begin with. */
  static final double HEAD_START_SECONDS = 8;

  private static final int SAMPLES_PER_PICTURE = Scene.SAMPLE_RATE / 25;
  private static final int PLAYLIST_SEGMENTS = 6;
  private static final long PICTURE_NANOS = 40_000_000;

  private static final double OTHER_LIGHT = 0.4;

  /** Pictures that are late by less are made up for. */
  private static final long MOST_LATE_NANOS = 200_000_000;

  private final Path folder;
  private final List<Rung> rungs;
  private final Supplier<FaultSchedule> schedule;
  private final LivelyScene scene;

  /** Another scene of the same kind, faster and at night: landscapes by day are much alike. */
  private final LivelyScene otherScene;

  /** A picture of each rung. */
  private final List<Picture> pictures;

  /**
   * @param seed tells scenes apart
   * @param rungs the highest first, each half as large as the one before
   * @param schedule what is wrong with it when; asked again for each picture
   */
  LiveLadder(Path folder, long seed, List<Rung> rungs, Supplier<FaultSchedule> schedule)
      throws IOException {
    this.folder = folder;
    this.rungs = List.copyOf(rungs);
    this.schedule = schedule;
    this.scene = new LivelyScene(rungs.getFirst().format(), seed);
    this.otherScene = new LivelyScene(rungs.getLast().format(), seed + 1);
    this.pictures =
        rungs.stream()
            .map(rung -> new Picture(rung.format().width(), rung.format().height()))
            .toList();
    for (Rung rung : rungs) {
      Files.createDirectories(folder.resolve(rung.name()));
    }
    Files.writeString(
        folder.resolve("master.m3u8"),
        "#EXTM3U\n#EXT-X-VERSION:3\n"
            + rungs.stream().map(Rung::playlistEntry).collect(Collectors.joining()));
  }

  /** Number of a segment, by its name; empty when it is no segment. */
  static Optional<Long> segmentNumber(String name) {
    return name.matches("\\d{1,9}\\.ts")
        ? Optional.of(Long.parseLong(name.substring(0, name.indexOf('.'))))
        : Optional.empty();
  }

  /**
   * Encodes until interrupted.
   *
   * @param writers the encoder
   * @param reached told the programme time in seconds of each picture once it is written
   */
  void run(MediaWriterFactory writers, DoubleConsumer reached) throws MediaException {
    List<MediaWriter> open = new ArrayList<>();
    try {
      for (Rung rung : rungs) {
        open.add(writers.create(request(rung)));
      }
      long due = System.nanoTime();
      for (long index = 0; !Thread.currentThread().isInterrupted(); index++) {
        double seconds = scene.format().micros(index) / 1e6;
        while (due - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        // Time that is lost stays lost, as in any live encoder: made up for, faults would be short.
        long interval = seconds < HEAD_START_SECONDS ? 0 : PICTURE_NANOS;
        due = Math.max(due, System.nanoTime() - MOST_LATE_NANOS) + interval;
        draw(index, seconds);
        AudioView sound = sound(index, seconds);
        for (int i = 0; i < open.size(); i++) {
          open.get(i).video(pictures.get(i));
          open.get(i).audio(sound);
        }
        reached.accept(seconds);
      }
    } finally {
      for (MediaWriter writer : open) {
        writer.close();
      }
    }
  }

  private void draw(long index, double seconds) {
    Picture top = pictures.getFirst();
    if (!schedule.get().holds(Type.FREEZE, seconds)) {
      top.copyOf(scene.draw(index));
      if (schedule.get().holds(Type.BLACK, seconds)) {
        black(top);
      }
      for (int i = 1; i < pictures.size(); i++) {
        pictures.get(i).halfOf(pictures.get(i - 1));
      }
    }
    if (schedule.get().holds(Type.BLACK_RENDITION, seconds)) {
      black(pictures.getLast());
    }
    if (schedule.get().holds(Type.OTHER_PROGRAMME, seconds)) {
      pictures.getLast().copyOf(otherScene.draw(index * 7 / 5)).dimmed(OTHER_LIGHT);
    }
    long micros = scene.format().micros(index);
    long duration = scene.format().micros(index + 1) - micros;
    pictures.forEach(picture -> picture.at(micros, duration));
  }

  private static void black(Picture picture) {
    picture.fill(16, 128, 128);
  }

  private AudioView sound(long index, double seconds) {
    AudioView sound = scene.sound(index * SAMPLES_PER_PICTURE, SAMPLES_PER_PICTURE);
    if (schedule.get().holds(Type.SILENCE, seconds)) {
      for (int c = 0; c < sound.channels(); c++) {
        Arrays.fill(sound.channel(c), 0);
      }
    }
    return sound;
  }

  private WriteRequest request(Rung rung) {
    Path home = folder.resolve(rung.name());
    Scene.Format format = rung.format();
    return new WriteRequest(
        home.resolve("index.m3u8"),
        "hls",
        Optional.of(
            new WriteRequest.Video(
                format.width(),
                format.height(),
                format.frameRateNumerator(),
                format.frameRateDenominator(),
                rung.bitrate(),
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
