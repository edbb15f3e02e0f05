package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordBytesTest {
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
    Orders orders = new Orders(List.of(new StreamOrder("täglich/1", stream)), true);

    assertThat(thereAndBack(Orders.class, orders)).isEqualTo(orders);
  }

  private static StreamReport.Observed observed(Observation seen, @Nullable String rendition) {
    return new StreamReport.Observed(
        "s/1", new StreamObservation("s", rendition, StreamObservation.Point.REFERENCE, 12, seen));
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

    StreamReport.Observed back =
        (StreamReport.Observed)
            thereAndBack(StreamReport.class, observed(new Observation.Fingerprinted(print), "low"));

    assertThat(((Observation.Fingerprinted) back.observation().observation()).fingerprint())
        .usingRecursiveComparison()
        .isEqualTo(print);
  }

  @Test
  void deserialize_typeThatIsNotPermitted_fails() throws IOException {
    byte[] bytes =
        new RecordBytes<>(StreamReport.class)
            .serialize(new StreamReport.Ended("s/1", Optional.empty()));
    // The name of the type begins behind the mark that it is there and its length.
    bytes[5]++;

    assertThatThrownBy(() -> new RecordBytes<>(StreamReport.class).deserialize(1, bytes))
        .isInstanceOf(IOException.class);
  }
}
