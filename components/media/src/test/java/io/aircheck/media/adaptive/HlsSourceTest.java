package io.aircheck.media.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.media.resource.ScriptedServer;
import io.aircheck.media.segments.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlsSourceTest {
  private static final Comparator<MediaEvent.CodedPicture> BY_TIME =
      Comparator.comparingLong(MediaEvent.CodedPicture::decodeMicros);

  private final AdaptiveSourceFactory factory = new AdaptiveSourceFactory();
  private final List<Long> pictures = new ArrayList<>();
  private final List<MediaEvent.CodedPicture> sizes = new ArrayList<>();
  private final List<MediaEvent> events = new ArrayList<>();
  private final List<TimestampScope> scopes = new ArrayList<>();

  /** Plays to the end, or until a number of pictures was seen. */
  private String play(SourceRequest request, int maxPictures) throws MediaException {
    try (MediaSource source = factory.open(request)) {
      while (pictures.size() < maxPictures) {
        MediaEvent event = source.next();
        if (event instanceof MediaEvent.Video video) {
          pictures.add(video.frame().ptsMicros());
        } else if (event instanceof MediaEvent.Timestamps timestamps) {
          scopes.add(timestamps.scope());
        } else if (event instanceof MediaEvent.CodedPictures coded) {
          sizes.addAll(coded.pictures());
        } else if (!(event instanceof MediaEvent.Audio)) {
          events.add(event);
        }
        if (event instanceof MediaEvent.End) {
          break;
        }
      }
      return source.position();
    }
  }

  private void play(Path playlist) throws MediaException {
    play(SourceRequest.of(playlist.toString()), Integer.MAX_VALUE);
  }

  private List<ManifestSignal> signals() {
    return events.stream()
        .filter(MediaEvent.Manifest.class::isInstance)
        .map(event -> ((MediaEvent.Manifest) event).signal())
        .toList();
  }

  private <E extends MediaEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static void edit(Path playlist, String from, String to) throws IOException {
    String text = Files.readString(playlist);
    assertThat(text).contains(from);
    Files.writeString(playlist, text.replace(from, to));
  }

  @Test
  void next_transportStreamSegments_playAsOneContinuousProgramme(@TempDir Path folder)
      throws Exception {
    play(HlsTestMedia.transportStream(folder, 4));

    MediaEvent.FormatChange format = (MediaEvent.FormatChange) events.getFirst();
    assertThat(format.info().container()).isEqualTo("hls");
    assertThat(format.info().live()).isFalse();
    assertThat(format.info().durationMicros()).hasValue(4_000_000);
    assertThat(format.info().tracks()).extracting(Track::codec).containsExactly("h264", "aac");
    assertThat(events).hasSize(2).last().isInstanceOf(MediaEvent.End.class);
    assertThat(pictures).hasSize(100);
    assertThat(pictures.getLast() - pictures.getFirst()).isEqualTo(99 * 40_000L);
    // All but key pictures and what the end leaves untold, over the borders of segments.
    assertThat(sizes).hasSizeBetween(80, 99).isSortedAccordingTo(BY_TIME);
  }

  @Test
  void next_fragmentedMp4_playsWithoutSignals(@TempDir Path folder) throws Exception {
    play(HlsTestMedia.fragmentedMp4(folder, 3));

    assertThat(pictures).hasSize(75);
    assertThat(signals()).isEmpty();
  }

  @Test
  void next_fragmentedMp4WithWrongExtinf_isTold(@TempDir Path folder) throws Exception {
    Path playlist = HlsTestMedia.fragmentedMp4(folder, 3);
    edit(playlist, "#EXTINF:1.000000,\nseg1.m4s", "#EXTINF:3.500000,\nseg1.m4s");
    play(playlist);

    assertThat(signals()).extracting(ManifestSignal::fault).containsExactly(Fault.SEGMENT_DURATION);
    assertThat(signals().getFirst().values()).containsEntry("realSeconds", 1.0);
    assertThat(signals().getFirst().ptsMicros()).isEqualTo(1_000_000);
  }

  @Test
  void next_byteRanges_playAsOneContinuousProgramme(@TempDir Path folder) throws Exception {
    play(HlsTestMedia.byteRanges(folder, 3));

    assertThat(pictures).hasSize(75);
    assertThat(signals()).isEmpty();
  }

  @Test
  void next_segmentMissing_leavesAGapAndTellsIt(@TempDir Path folder) throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 5);
    Files.delete(folder.resolve("seg2.ts"));
    play(playlist);

    assertThat(pictures).hasSize(100);
    assertThat(pictures.getLast() - pictures.getFirst()).isEqualTo(124 * 40_000L);
    assertThat(signals())
        .extracting(ManifestSignal::fault)
        .containsExactly(Fault.SEGMENT_UNAVAILABLE);
    assertThat(signals().getFirst().ptsMicros()).isEqualTo(2_000_000);
    assertThat(signals().getFirst().endMicros()).isEqualTo(3_000_000);
    assertThat(events(MediaEvent.Gap.class)).hasSize(1);
    assertThat(events(MediaEvent.Discontinuity.class)).isEmpty();
  }

  @Test
  void next_declaredDiscontinuity_goesOnInMediaTime(@TempDir Path folder) throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 4);
    // The last second once more: its timestamps step back by a second.
    edit(playlist, "#EXT-X-ENDLIST", "#EXT-X-DISCONTINUITY\n#EXTINF:1.0,\nseg3.ts\n#EXT-X-ENDLIST");
    play(playlist);

    assertThat(pictures).hasSize(125).isSorted();
    assertThat(events(MediaEvent.Discontinuity.class))
        .extracting(MediaEvent.Discontinuity::cause)
        .containsExactly(MediaEvent.Discontinuity.Cause.DECLARED);
    assertThat(signals()).isEmpty();
    assertThat(scopes).extracting(TimestampScope::sequence).containsExactly(0L, 1L);
    // Four seconds of media time later, the timestamps are a second back.
    assertThat(scopes.get(1).offsetMicros() - scopes.get(0).offsetMicros())
        .isCloseTo(-1_000_000, within(60_000L));
  }

  @Test
  void position_inTheMiddle_isWhereAnotherSourceGoesOn(@TempDir Path folder) throws Exception {
    String uri = HlsTestMedia.transportStream(folder, 4).toString();
    play(SourceRequest.of(uri), Integer.MAX_VALUE);
    List<Long> whole = List.copyOf(pictures);
    pictures.clear();
    String position = play(SourceRequest.of(uri), 60);
    long reached = pictures.getLast();
    pictures.clear();
    play(
        SourceRequest.of(uri)
            .withResumeFrom(Optional.of(position))
            .withOriginMicros(reached + 40_000),
        Integer.MAX_VALUE);

    assertThat(position).startsWith("hls/1/");
    // Sound may lead by part of a picture where the second source begins.
    assertThat(pictures.size()).isBetween(whole.size() - 62, whole.size() - 58);
    assertThat(pictures.getFirst()).isBetween(reached, reached + 120_000);
  }

  @Test
  void renditions_ofFolderWithMaster_areNamedAndOpened(@TempDir Path folder) throws Exception {
    Path v0 = Files.createDirectory(folder.resolve("v0"));
    HlsTestMedia.transportStream(v0, 2);
    Files.writeString(
        folder.resolve("master.m3u8"),
        """
        #EXTM3U
        #EXT-X-STREAM-INF:BANDWIDTH=1
        v0/index.m3u8
        #EXT-X-STREAM-INF:BANDWIDTH=2
        v1/index.m3u8
        stray.m3u8
        """);
    SourceRequest request = SourceRequest.of(folder.toString());

    assertThat(factory.suitability(request)).isPositive();
    assertThat(factory.renditions(request)).containsExactly("v0", "v1");
    play(request.withRendition("v0"), Integer.MAX_VALUE);
    assertThat(pictures).hasSize(50);
    assertThat(signals()).extracting(ManifestSignal::fault).containsExactly(Fault.INVALID);
    assertThat(signals().getFirst().rendition()).isNull();
    events.clear();
    play(request.withRendition("v1"), Integer.MAX_VALUE);
    assertThat(signals())
        .extracting(ManifestSignal::fault)
        .containsExactly(Fault.RENDITION_MISSING);
    assertThatThrownBy(() -> factory.open(request.withRendition("v7")))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("no rendition v7; it has: v0, v1");
  }

  @Test
  void open_overHttpWithoutPlaylistName_isRecognisedByContent(@TempDir Path folder)
      throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 2);
    try (ScriptedServer server = new ScriptedServer()) {
      server.put("/seg0.ts", Files.readAllBytes(folder.resolve("seg0.ts")));
      server.put("/seg1.ts", Files.readAllBytes(folder.resolve("seg1.ts")));
      server.put(
          "/stream",
          new ScriptedServer.Answer(
              200,
              Map.of("Content-Type", "application/vnd.apple.mpegurl"),
              Files.readAllBytes(playlist)));
      SourceRequest request = SourceRequest.of(server.uri("/stream").toString());

      assertThat(factory.suitability(request)).isPositive();
      play(request, Integer.MAX_VALUE);

      assertThat(pictures).hasSize(50);
      assertThat(signals()).isEmpty();
    }
  }

  @Test
  void next_livePlaylistStands_isToldAlthoughNoDataComes(@TempDir Path folder) throws Exception {
    Path playlist = HlsTestMedia.transportStream(folder, 4);
    String live = Files.readString(playlist).replaceAll("#EXT-X-(ENDLIST|PLAYLIST-TYPE:VOD)\n", "");
    Files.writeString(playlist, live);
    Pace pace = new StoppingPace(5_000);
    SourceRequest request = SourceRequest.of(playlist.toString());
    try (MediaSource source = AdaptiveOpener.of(request, playlist.toUri(), pace).open()) {
      while (signals().isEmpty()) {
        MediaEvent event = source.next();
        if (event instanceof MediaEvent.Manifest) {
          events.add(event);
        }
      }

      assertThat(source.info().live()).isTrue();
      assertThat(signals().getFirst().fault()).isEqualTo(Fault.STALE);
      assertThat(signals().getFirst().ongoing()).isTrue();
      // Joined three target durations before the end: three of the four seconds were played.
      assertThat(signals().getFirst().ptsMicros()).isEqualTo(3_000_000);
    }
  }

  /** Time that passes by waiting, up to a moment from which on nothing happens any more. */
  private static final class StoppingPace implements Pace {
    private final AtomicLong nowMillis = new AtomicLong();
    private final long lastMillis;

    StoppingPace(long lastMillis) {
      this.lastMillis = lastMillis;
    }

    @Override
    public long nowMillis() {
      return nowMillis.get();
    }

    @Override
    public void pause(long millis, CountDownLatch stop) throws InterruptedException {
      if (nowMillis.addAndGet(millis) >= lastMillis) {
        stop.await();
      }
    }
  }

  @Test
  void open_missingPlaylist_failsWithOneClearLine(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> factory.open(SourceRequest.of(folder.resolve("none.m3u8").toString())))
        .isInstanceOfSatisfying(
            MediaException.class,
            e -> assertThat(e.reason()).isEqualTo(MediaException.Reason.NOT_FOUND))
        .hasMessageEndingWith("none.m3u8: no such file; check the address");
  }
}
