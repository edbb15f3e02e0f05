package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.UsageException;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementJsonTest {
  @TempDir private Path folder;

  static final Measurement MEASUREMENT =
      new Measurement(
          "clip.mp4",
          "2026-11-27T10:00:00Z",
          "Linux amd64, 2 processors",
          List.of("video.black", "audio.silence"),
          15,
          List.of(
              new MeasuredDeployment(
                  "inprocess", "one process", List.of(process(1, 0.25), process(4, 0.4)), 0),
              new MeasuredDeployment(
                  "serverless",
                  "functions",
                  List.of(
                      new Metered(
                          1,
                          new Usage(
                              Map.of(
                                  Quantity.STREAM_SECONDS, 20.0,
                                  Quantity.STATE_TRANSITIONS, 60.0,
                                  Quantity.OBJECT_WRITES, 20.0,
                                  Quantity.OBJECT_READS, 40.0)),
                          7)),
                  3)),
          List.of(new Measurement.Failure("flink", "no cluster")));

  private static Metered process(int streams, double gigabytes) {
    return new Metered(
        streams,
        new Usage(
            Map.of(
                Quantity.STREAM_SECONDS, 20.0 * streams,
                Quantity.CPU_SECONDS, 4.0 * streams,
                Quantity.MEMORY_GB_SECONDS, 20 * gigabytes)),
        20);
  }

  @Test
  void read_whatWasWritten_isTheSame() throws IOException {
    ObjectNode json = MeasurementJson.write(MEASUREMENT, Prices.shipped());
    Path file = Files.writeString(folder.resolve("m.json"), json.toPrettyString());

    assertThat(MeasurementJson.read(file)).isEqualTo(MEASUREMENT);
  }

  @Test
  void write_bills_areBesideWhatTheyAreMadeOf() {
    ObjectNode json = MeasurementJson.write(MEASUREMENT, Prices.shipped());

    assertThat(json.path("schema").asText()).isEqualTo("aircheck.cost/1");
    assertThat(json.at("/deployments/0/perStreamHour/sharing/streams").asInt()).isEqualTo(12);
    // 10,800 transitions, 3,600 writes and 7,200 reads an hour.
    assertThat(json.at("/deployments/1/perStreamHour/cost").asDouble())
        .isCloseTo(0.27 + 0.018 + 0.00288, within(1e-12));
    assertThat(json.at("/deployments/1/perStreamHour/firstLimit/streams").asDouble())
        .isEqualTo(500);
  }

  @Test
  void read_somethingElse_saysWhatIsWanted() throws IOException {
    Path file = Files.writeString(folder.resolve("m.json"), "{\"schema\": \"aircheck.report/1\"}");

    assertThatThrownBy(() -> MeasurementJson.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is not a measurement (schema aircheck.cost/1)");
  }

  @Test
  void read_unknownQuantity_saysSo() throws IOException {
    String text =
        MeasurementJson.write(MEASUREMENT, Prices.shipped())
            .toString()
            .replace("\"cpuSeconds\":", "\"cpuSecond\":");
    Path file = Files.writeString(folder.resolve("m.json"), text);

    assertThatThrownBy(() -> MeasurementJson.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("unknown quantity cpuSecond; did you mean cpuSeconds?");
  }
}
