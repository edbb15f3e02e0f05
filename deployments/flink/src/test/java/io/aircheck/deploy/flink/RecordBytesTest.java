package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.FoldChain;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.media.Track;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordBytesTest {
  private static final IncidentPolicy POLICY =
      new IncidentPolicy(Severity.INFO, Map.of("video.freeze", Severity.ERROR), 5);
  private static final Run RUN =
      new Run("s/1", "s", true, List.of("ladder"), POLICY, Map.of("cdn", "north"));

  private static final Glimpse GLIMPSE =
      new Glimpse(
          Optional.of(
              new Glimpse.State.Watching(
                  new MediaInfo(
                      "a",
                      "mpegts",
                      OptionalLong.empty(),
                      true,
                      Optional.of("low"),
                      List.of(
                          Track.video("video:0", "h264", 16, 8, 25),
                          Track.audio("audio:0", "aac", 48_000, ChannelLayout.STEREO))))),
          List.of(new Glimpse.Value("audio:0", "audio.level", 5, -23.5)),
          List.of(),
          Optional.of(new Glimpse.Depth(Decoding.KEY_PICTURES, "as declared")),
          Optional.of(new Glimpse.Shedding(2, 1.5, 7)));

  private record CountState(int count, List<String> words) {}

  private static <T> T thereAndBack(Class<T> type, T value) throws IOException {
    RecordBytes<T> bytes = new RecordBytes<>(type);
    return bytes.deserialize(bytes.getVersion(), bytes.serialize(value));
  }

  @Test
  void orders_thereAndBack_areTheSame() throws IOException {
    SourceRequest source =
        SourceRequest.of("udp://x")
            .withDecryptionKeys(Map.of("*", "00"))
            .withResumeFrom(Optional.of("token"));
    StreamSpec stream =
        new StreamSpec(
            "täglich",
            source,
            Optional.of(SourceRequest.of("b")),
            List.of("720p"),
            List.of(new DetectorChoice("video.black", Map.of("threshold", 0.1))),
            true,
            Watching.lightly());
    Orders orders =
        new Orders(
            "t",
            1,
            List.of(
                new StreamOrder(
                    "täglich/1", stream, List.of("ladder"), POLICY, Map.of("cdn", "north"))),
            true);

    assertThat(thereAndBack(Orders.class, orders)).isEqualTo(orders);
  }

  @Test
  void rule_thereAndBack_refusesTheSame() throws IOException {
    StreamOrder order =
        new StreamOrder(
            "s/1",
            new StreamSpec("s", SourceRequest.of("a"), Optional.empty(), List.of(), List.of(), true)
                .withAddresses(
                    new OutboundPolicy(Set.of("https", "file"), false, List.of(Path.of("/media")))),
            List.of(),
            POLICY,
            Map.of());

    StreamOrder back = thereAndBack(StreamOrder.class, order);

    AddressRule rule = back.stream().source().addresses();
    assertThat(rule.refusal("https://127.0.0.1/live.m3u8"))
        .hasValueSatisfying(why -> assertThat(why).contains("outbound.private"));
    assertThat(rule.refusal("http://192.0.2.1/live.m3u8")).isPresent();
    assertThat(rule.refusal("/etc/passwd")).isPresent();
    assertThat(rule.refusal("/media/clip.ts")).isEmpty();
    assertThat(back.addresses()).isEqualTo(order.addresses());
  }

  private static StreamReport observed(Observation seen, @Nullable String rendition) {
    return new StreamReport.Advanced(
        RUN,
        "MONITORED",
        List.of("MONITORED"),
        List.of(
            new StreamReport.Seen(
                7,
                new StreamObservation(
                    "s", rendition, StreamObservation.Point.REFERENCE, 12, seen))),
        8,
        true,
        false,
        13,
        GLIMPSE);
  }

  @Test
  void observation_thereAndBack_isTheSame() throws IOException {
    Finding finding =
        new Finding("f", "k", 1, 2, Severity.ERROR, 0.5, null, "low", Map.of("m", 1.5), "words");
    StreamReport report = observed(new Observation.Closed(finding), null);

    assertThat(thereAndBack(StreamReport.class, report)).isEqualTo(report);
  }

  @Test
  void fingerprint_thereAndBack_keepsItsValues() throws IOException {
    Fingerprint print =
        new Fingerprint("t", "s/1", 1, 2, TimestampScope.UNKNOWN, new float[] {1, -2.5f});

    StreamReport.Advanced back =
        (StreamReport.Advanced)
            thereAndBack(StreamReport.class, observed(new Observation.Fingerprinted(print), "low"));

    Observation seen = back.seen().getFirst().observation().observation();
    assertThat(((Observation.Fingerprinted) seen).fingerprint())
        .usingRecursiveComparison()
        .isEqualTo(print);
  }

  @Test
  void stateOfAFold_thereAndBack_isTheSame() throws IOException {
    FoldChain.Snapshot fold =
        new FoldChain.Snapshot("f", new CountState(3, List.of("a")), OptionalLong.of(5), Map.of());
    FoldedRun run =
        new FoldedRun(
            Map.of("t", new FoldedRun.Lane(0, 1, true, 2)), List.of(), 4, List.of(fold), Map.of());

    assertThat(thereAndBack(FoldedRun.class, run)).isEqualTo(run);
  }

  @Test
  void deserialize_stateThatIsNoRecord_fails() throws IOException {
    RecordBytes<StreamIncidents> bytes = new RecordBytes<>(StreamIncidents.class);
    byte[] good =
        bytes.serialize(
            new StreamIncidents(new CountState(1, List.of()), OptionalLong.empty(), Map.of()));
    String name = CountState.class.getName();
    String other = "java.lang.Object" + " ".repeat(name.length() - 16);
    byte[] bad =
        new String(good, StandardCharsets.ISO_8859_1)
            .replace(name, other)
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> bytes.deserialize(1, bad)).isInstanceOf(IOException.class);
  }

  @Test
  void deserialize_typeThatIsNotPermitted_fails() throws IOException {
    byte[] bytes =
        new RecordBytes<>(StreamReport.class)
            .serialize(new StreamReport.Ended(RUN, Optional.empty(), false, 1));
    // The name of the type begins behind the mark that it is there and its length.
    bytes[5]++;

    assertThatThrownBy(() -> new RecordBytes<>(StreamReport.class).deserialize(1, bytes))
        .isInstanceOf(IOException.class);
  }
}
