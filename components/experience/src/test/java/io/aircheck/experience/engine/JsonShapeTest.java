package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.ReportSchema;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonShapeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"event\":\"init\",\"sessionId\":\"a\",\"timestamp\":1}      | EPAS",
        "[{\"timestamp\":1,\"playhead\":2,\"sessionId\":\"a\"}]        | EPAS",
        "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\"} |"
            + " SNOWPLOW",
        "{\"data\":[{\"e\":\"ue\"}]}                                   | SNOWPLOW",
        "{\"session\":\"a\",\"time\":1}                                | PLAIN",
        "[{\"delivery\":{\"event\":\"no\"},\"state\":\"playing\"}]     | PLAIN",
        "{\"time\":1,\"session\":\"a\"} {\"event\":\"init\"}          | PLAIN",
        "{}                                                            | PLAIN",
        "{\"sess                                                       | PLAIN",
        "7                                                             | PLAIN",
      })
  void body_isToldByItsFirstMembers(String body, ReportSchema schema) {
    assertThat(JsonShape.of(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(schema);
  }
}
