package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that hands reports over, to brokers that are not there. */
@Tag("slow")
class ViewerHandoverApiTest extends ViewerFixture {
  ViewerHandoverApiTest() {
    viewers =
        "{\"enabled\": true, \"kafka\": {\"bootstrapServers\": \"127.0.0.1:1\", \"topic\":"
            + " \"reports\", \"timeoutSeconds\": \"1\"}, \"logs\": [{\"name\": \"pushed\","
            + " \"http\": true, \"token\": \"pushes-0123456789\"}]}";
  }

  @BeforeEach
  void startService() throws Exception {
    start(List.of());
  }

  private HttpResponse<String> report(String line) throws Exception {
    return send(
        request("/v1/viewers/reports")
            .header("Content-Type", "application/json")
            .header("Origin", "https://www.example.com")
            .POST(body(line)));
  }

  @Test
  void report_whileKafkaIsAway_isNotAcknowledged() throws Exception {
    HttpResponse<String> answer = report(line("s1", "playing", "channel-1", "north"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("10");
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
        .hasValue("Retry-After");
    assertThat(answer.body()).contains("reports of viewers cannot be handed over: topic reports: ");
    assertThat(send(request("/metrics")).body())
        .contains(
            "aircheck_viewer_bodies_refused_total{reason=\"unavailable\"} 1",
            "aircheck_viewer_reports_taken_total 0")
        .doesNotContain("aircheck_viewer_sessions");
  }

  @Test
  void linesOfALog_whileKafkaIsAway_areNotAcknowledged() throws Exception {
    String line =
        "{\"time\":\"%d\",\"url\":\"/a/1.ts?CMCD=sid%%3D%%22s1%%22\",\"address\":\"192.0.2.77\"}\n"
            .formatted(clock.millis());

    HttpResponse<String> answer =
        send(
            request("/v1/viewers/logs/pushed")
                .header("Authorization", "Bearer pushes-0123456789")
                .POST(body(line)));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("reports of viewers cannot be handed over: topic reports: ");
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_viewer_log_reports_total{log=\"pushed\"} 0");
  }

  @Test
  void record_thatIsNone_isRejectedHere() throws Exception {
    assertThat(report("{\"session\": \"s1\"}\n").statusCode()).isEqualTo(204);

    assertThat(send(request("/metrics")).body())
        .contains("aircheck_viewer_records_rejected_total{reason=\"no_time\"} 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/viewers",
        "/v1/viewers/series",
        "/v1/viewers/streams",
        "/v1/viewers/sessions/s1",
        "/v1/viewers/sessions/s1/timeline",
        "/v1/viewers/definitions"
      })
  void question_isToldWhereTheAnswerIs(String path) throws Exception {
    HttpResponse<String> answer = send(request(path));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("viewers are not known here", "viewers.kafka");
  }
}
