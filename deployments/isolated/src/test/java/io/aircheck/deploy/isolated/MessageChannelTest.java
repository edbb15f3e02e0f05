package io.aircheck.deploy.isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.RequestLog.Exchange;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.task.TaskStatistics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageChannelTest {
  private static final Finding FINDING =
      new Finding(
          "video.black/video:0/1",
          "video.black",
          5,
          9_000_000_000L,
          Severity.WARNING,
          0.75,
          "video:0",
          null,
          Map.of("lumaMean", 16.5, "share", Double.NaN),
          "Schwarz – ж 黒",
          true);

  private static final SourceRequest SOURCE =
      new SourceRequest(
          "https://example.com/a.m3u8?token=s",
          Optional.of("720p"),
          Optional.of("resume"),
          42,
          Duration.ofMillis(1234),
          Map.of("*", "00112233445566778899aabbccddeeff"),
          Map.of("Authorization", "Bearer s"),
          Duration.ofSeconds(30),
          AddressRule.ANY);

  private static final StreamSpec STREAM =
      new StreamSpec(
          "news",
          SOURCE,
          Optional.of(SourceRequest.of("udp://@239.1.1.1:5000")),
          List.of("720p", "1080p"),
          List.of(new DetectorChoice("video.black", Map.of("minDurationSeconds", 1.5))),
          true,
          Watching.lightly());

  private static final MediaInfo INFO =
      new MediaInfo(
          "https://example.com/a.m3u8",
          "hls",
          OptionalLong.of(7),
          true,
          Optional.of("720p"),
          OptionalLong.of(3_000_000),
          List.of(
              Track.video("video:0", "h264", 1280, 720, 29.97),
              new Track(
                  "audio:0", TrackType.AUDIO, "aac", 0, 0, 0, 48_000, ChannelLayout.STEREO, "de")));

  static Stream<Message> messages() {
    return Stream.of(
        new Message.Start(1, STREAM, List.of("ladder", "reference")),
        new Message.Stop(2),
        new Message.Watch(2, new Watching(true, Duration.ofSeconds(7))),
        new Message.Decodes(4, Decoding.KEY_PICTURES, "calm"),
        new Message.ProcessorTime(4, 123_456_789_012L),
        new Message.Requests(3, 4),
        new Message.KeepsRequests(4),
        new Message.Exchanges(
            3,
            List.of(
                new Exchange(
                    5,
                    "http://a/b",
                    404,
                    6,
                    Map.of("age", "7"),
                    Optional.empty(),
                    Optional.of("#EXTM3U")),
                new Exchange(
                    8, "http://a/c", 0, 9, Map.of(), Optional.of("refused"), Optional.empty()))),
        new Message.Clip(3, 4, -5, Long.MAX_VALUE),
        new Message.Answer(5, Optional.of("no")),
        new Message.Answer(6, Optional.empty()),
        new Message.Beat(),
        new Message.TaskBegins(7, 8, null, Point.REFERENCE),
        new Message.TaskBegins(7, 8, "720p", Point.MONITORED),
        new Message.Configured(9, INFO),
        new Message.Records(10),
        new Message.Curve(11, "", "stream.bitrate"),
        new Message.Metric(12, 13, -1, 0.1),
        new Message.TaskObserved(14, new Observation.Closed(FINDING)),
        new Message.Unavailable(15, "x".repeat(100_000)),
        new Message.Shedding(16, 4, 1.5, 99),
        new Message.TaskEnded(
            17,
            new TaskStatistics(1, 2, 3, 4, 5, Map.of("video.blur", "broke")),
            Optional.of(new Message.Failure(MediaException.Reason.DENIED, "no key"))),
        new Message.Observed(
            18,
            new StreamObservation(
                "news", "720p", Point.MONITORED, 1L << 41, new Observation.Opened(FINDING))),
        new Message.Observed(
            19,
            new StreamObservation(
                "news", null, Point.REFERENCE, 0, new Observation.Updated(FINDING))),
        new Message.Ended(20, Optional.empty()),
        new Message.Ended(21, Optional.of("java.lang.Error")),
        new Message.ClipEnd(22, true, Optional.empty()),
        new Message.Ask(23, 24, true, "https://example.com"));
  }

  private static MessageChannel reading(byte[] bytes) {
    return new MessageChannel(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
  }

  private static byte[] bytes(Message... messages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessageChannel channel = new MessageChannel(InputStream.nullInputStream(), bytes);
    for (Message message : messages) {
      channel.send(message);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void read_whatWasSent_isTheSame(Message message) throws IOException {
    MessageChannel channel = reading(bytes(message, new Message.Beat()));

    assertThat(channel.read()).contains(message);
    assertThat(channel.read()).contains(new Message.Beat());
    assertThat(channel.read()).isEmpty();
  }

  @Test
  void read_arrays_haveTheSameContent() throws IOException {
    Fingerprint print =
        new Fingerprint(
            "video:0",
            "picture.blocks/1",
            1,
            2,
            new TimestampScope(3, 4, 5),
            new float[] {1.5f, -2});
    MessageChannel channel =
        reading(
            bytes(
                new Message.Still(1, 2, new byte[] {3, 4}),
                new Message.ClipPart(5, new byte[] {6}),
                new Message.TaskObserved(7, new Observation.Fingerprinted(print))));

    assertThat(((Message.Still) channel.read().orElseThrow()).jpeg()).containsExactly(3, 4);
    assertThat(((Message.ClipPart) channel.read().orElseThrow()).bytes()).containsExactly(6);
    Message.TaskObserved observed = (Message.TaskObserved) channel.read().orElseThrow();
    assertThat(((Observation.Fingerprinted) observed.observation()).fingerprint())
        .usingRecursiveComparison()
        .isEqualTo(print);
  }

  @Test
  void read_cutOff_isTheEnd() throws IOException {
    byte[] whole = bytes(new Message.Ask(1, 2, false, "https://example.com"));

    for (int length = 0; length < whole.length; length++) {
      assertThat(reading(Arrays.copyOf(whole, length)).read()).isEmpty();
    }
  }

  @Test
  void read_somethingElse_isTheEnd() throws IOException {
    assertThat(reading("# A fatal error has been detected".getBytes("US-ASCII")).read()).isEmpty();
  }

  @Test
  void read_damagedMessage_isRefused() throws IOException {
    byte[] damaged = bytes(new Message.Stop(1));
    damaged[8] = 99;

    assertThatThrownBy(() -> reading(damaged).read()).isInstanceOf(IOException.class);
  }
}
