package io.aircheck.media.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.media.resource.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DASH as FFmpeg writes it, from files and over HTTP. */
class DashSourceTest {
  private final AdaptiveSourceFactory factory = new AdaptiveSourceFactory();

  private static Map<String, String> options(String kind) {
    return switch (kind) {
      case "timeline" -> Map.of("seg_duration", "1");
      case "numbers" -> Map.of("seg_duration", "1", "use_timeline", "0");
      default -> Map.of("seg_duration", "1", "single_file", "1");
    };
  }

  /** Counts pictures, and microseconds of sound. */
  private long[] play(SourceRequest request) throws Exception {
    long[] counts = new long[2];
    try (MediaSource source = factory.open(request)) {
      assertThat(source.info().container()).isEqualTo("dash");
      assertThat(source.info().live()).isFalse();
      for (MediaEvent event = source.next();
          !(event instanceof MediaEvent.End);
          event = source.next()) {
        assertThat(event)
            .isNotInstanceOf(MediaEvent.Manifest.class)
            .isNotInstanceOf(MediaEvent.DecodeError.class);
        if (event instanceof MediaEvent.Video) {
          counts[0]++;
        } else if (event instanceof MediaEvent.Audio audio) {
          counts[1] += audio.audio().durationMicros();
        }
      }
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeline", "numbers", "single"})
  void open_eachWayOfAddressing_playsBothRepresentations(String kind, @TempDir Path folder)
      throws Exception {
    Path manifest = HlsTestMedia.dash(folder, 3, options(kind));
    SourceRequest file = SourceRequest.of(manifest.toString());
    assertThat(factory.renditions(file)).isEqualTo(List.of("video-0", "audio-1"));

    try (ScriptedServer server = new ScriptedServer();
        Stream<Path> written = Files.list(folder)) {
      for (Path path : written.toList()) {
        server.put("/" + path.getFileName(), Files.readAllBytes(path));
      }
      SourceRequest web = SourceRequest.of(server.uri("/a.mpd").toString());

      assertThat(play(file.withRendition("video-0"))[0]).isEqualTo(75);
      assertThat(play(web.withRendition("video-0"))[0]).isEqualTo(75);
      assertThat(play(web.withRendition("audio-1"))[1]).isBetween(2_950_000L, 3_050_000L);
    }
  }
}
