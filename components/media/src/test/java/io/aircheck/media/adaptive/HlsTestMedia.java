package io.aircheck.media.adaptive;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.media.ffmpeg.FfmpegWriterFactory;
import io.aircheck.testkit.TestFrame;
import io.aircheck.testkit.TestSound;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Small generated HLS streams: a moving bar and a tone, in segments of one second. */
public final class HlsTestMedia {
  static final int RATE = 25;
  private static final int SAMPLE_RATE = 48_000;
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  private HlsTestMedia() {}

  /** Writes {@code index.m3u8} and {@code seg0.ts} and so on into a folder. */
  public static Path transportStream(Path folder, int seconds) throws MediaException {
    return write(folder, seconds, Map.of("hls_segment_filename", folder + "/seg%d.ts"));
  }

  /** Writes {@code index.m3u8}, {@code init.mp4} and {@code seg0.m4s} and so on into a folder. */
  static Path fragmentedMp4(Path folder, int seconds) throws MediaException {
    return write(
        folder,
        seconds,
        Map.of("hls_segment_filename", folder + "/seg%d.m4s", "hls_segment_type", "fmp4"));
  }

  /**
   * The same as one segment of one fragment: the sound of all the time after the pictures of all
   * the time.
   */
  static Path oneFragment(Path folder, int seconds) throws MediaException {
    return write(
        folder,
        seconds,
        Map.of(
            "hls_segment_filename",
            folder + "/seg%d.m4s",
            "hls_segment_type",
            "fmp4",
            "hls_time",
            Integer.toString(seconds)));
  }

  /** Writes {@code index.m3u8} with byte ranges of one file into a folder. */
  static Path byteRanges(Path folder, int seconds) throws MediaException {
    return write(
        folder,
        seconds,
        Map.of("hls_segment_filename", folder + "/all.ts", "hls_flags", "single_file"));
  }

  /** Writes {@code a.mpd} and what belongs to it into a folder. */
  static Path dash(Path folder, int seconds, Map<String, String> options) throws MediaException {
    return write(folder.resolve("a.mpd"), "dash", seconds, options);
  }

  private static Path write(Path folder, int seconds, Map<String, String> options)
      throws MediaException {
    Map<String, String> all = new HashMap<>();
    all.put("hls_time", "1");
    all.put("hls_list_size", "0");
    all.put("hls_playlist_type", "vod");
    all.putAll(options);
    return write(folder.resolve("index.m3u8"), "hls", seconds, all);
  }

  private static Path write(
      Path playlist, String container, int seconds, Map<String, String> options)
      throws MediaException {
    WriteRequest request =
        new WriteRequest(
            playlist,
            container,
            Optional.of(new WriteRequest.Video(WIDTH, HEIGHT, RATE, 1, 300_000, RATE)),
            Optional.of(new WriteRequest.Audio(SAMPLE_RATE, ChannelLayout.STEREO, 96_000)),
            options);
    try (MediaWriter writer = new FfmpegWriterFactory().create(request)) {
      for (int n = 0; n < seconds * RATE; n++) {
        long micros = n * 1_000_000L / RATE;
        int bar = n * 3 % WIDTH;
        writer.video(
            TestFrame.painted(WIDTH, HEIGHT, (x, y) -> Math.abs(x - bar) < 6 ? 160 : 60 + y / 4)
                .at(micros, 1_000_000 / RATE));
        writer.audio(
            TestSound.generated(
                micros,
                SAMPLE_RATE,
                ChannelLayout.STEREO,
                SAMPLE_RATE / RATE,
                (channel, time) -> 0.1 * Math.sin(2 * Math.PI * 440 * time)));
      }
      writer.finish();
    }
    return playlist;
  }
}
