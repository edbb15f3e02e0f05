package io.aircheck.app.demo;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.WriteRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The demo's live ladder for players: as HLS, or the same pictures and sound as DASH. Nothing is
 * wrong with it; whoever serves its folder breaks it.
 */
public final class PlayableLadder implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  /** What is on its way through the encoder when a picture is written. */
  private static final Duration ENCODING = Duration.ofSeconds(1);

  private final Thread encoder;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile @Nullable Instant readySince;

  /** How it is packaged. */
  public enum Packaging {
    /** Transport streams and playlists. */
    HLS("master.m3u8"),
    /** Fragmented MP4, numbered, and a manifest that says since when. */
    DASH("live.mpd");

    private final String manifest;

    Packaging(String manifest) {
      this.manifest = manifest;
    }

    /** Name of the file to play, in the folder. */
    public String manifest() {
      return manifest;
    }
  }

  /**
   * Starts it, and waits until there is something to play.
   *
   * @param folder for its segments and its manifest
   */
  public PlayableLadder(Path folder, Packaging packaging) throws IOException, InterruptedException {
    LiveLadder ladder = new LiveLadder(folder, 1, Rung.BOTH, () -> FaultSchedule.CLEAN);
    MediaWriterFactory installed =
        ServiceLoader.load(MediaWriterFactory.class).findFirst().orElseThrow();
    MediaWriterFactory writers =
        packaging == Packaging.HLS ? installed : request -> asDash(installed, request);
    encoder = Thread.ofPlatform().daemon().start(() -> encode(ladder, writers));
    if (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      close();
      throw new IOException("the ladder was not encoded in time");
    }
    Instant since = readySince;
    if (packaging == Packaging.DASH && since != null) {
      Files.writeString(folder.resolve(packaging.manifest()), manifest(begun(since)));
    }
  }

  private static MediaWriter asDash(MediaWriterFactory writers, WriteRequest hls)
      throws MediaException {
    return writers.create(
        new WriteRequest(
            hls.output().resolveSibling("rung.mpd"),
            "dash",
            hls.video(),
            hls.audio(),
            Map.of(
                "seg_duration", Integer.toString(LiveLadder.SEGMENT_SECONDS),
                "use_timeline", "0",
                "window_size", "6",
                "extra_window_size", "4")));
  }

  /** When media time zero would have been written, had the beginning not been made at once. */
  private static Instant begun(Instant ready) {
    return ready.minusMillis((long) (LiveLadder.HEAD_START_SECONDS * 1000)).plus(ENCODING);
  }

  private static String manifest(Instant begun) {
    StringBuilder rungs = new StringBuilder();
    for (Rung rung : Rung.BOTH) {
      rungs.append(
          """
                <Representation id="%s" bandwidth="%d" width="%d" height="%d" codecs="avc1.42c01e"/>
          """
              .formatted(
                  rung.name(), rung.bitrate(), rung.format().width(), rung.format().height()));
    }
    return """
    <?xml version="1.0" encoding="utf-8"?>
    <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="dynamic"
        availabilityStartTime="%1$s" publishTime="%1$s" minimumUpdatePeriod="PT2S" timeShiftBufferDepth="PT12S"
        minBufferTime="PT2S" suggestedPresentationDelay="PT6S">
      <Period id="1" start="PT0S">
        <AdaptationSet contentType="video" mimeType="video/mp4" segmentAlignment="true" frameRate="25">
          <SegmentTemplate duration="%2$d" startNumber="1" initialization="$RepresentationID$/init-stream0.m4s"
              media="$RepresentationID$/chunk-stream0-$Number%%05d$.m4s"/>
    %3$s    </AdaptationSet>
        <AdaptationSet contentType="audio" mimeType="audio/mp4" segmentAlignment="true" lang="en">
          <SegmentTemplate duration="%2$d" startNumber="1" initialization="180p/init-stream1.m4s"
              media="180p/chunk-stream1-$Number%%05d$.m4s"/>
          <Representation id="sound" bandwidth="96000" codecs="mp4a.40.2" audioSamplingRate="48000"/>
        </AdaptationSet>
      </Period>
    </MPD>
    """
        .formatted(begun, LiveLadder.SEGMENT_SECONDS, rungs);
  }

  private void encode(LiveLadder ladder, MediaWriterFactory writers) {
    try {
      ladder.run(writers, this::reached);
    } catch (MediaException e) {
      throw new IllegalStateException(e);
    }
  }

  private void reached(double seconds) {
    if (readySince == null && seconds >= LiveLadder.HEAD_START_SECONDS) {
      readySince = Instant.now();
      ready.countDown();
    }
  }

  /** Whether it is on air. */
  public boolean isAlive() {
    return encoder.isAlive();
  }

  @Override
  public void close() {
    encoder.interrupt();
    try {
      encoder.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
