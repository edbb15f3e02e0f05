package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.storage.s3.S3Evidence;
import io.aircheck.storage.s3.S3Key;
import io.aircheck.storage.s3.S3Location;
import io.aircheck.testkit.FakeS3;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What evidence in a bucket and notifications cost. */
class CostApiTest extends ApiFixture {
  private static final long MAX_EVIDENCE = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ONE_MESSAGE = "aircheck_usage_messages_total 1.000\n";

  private final FakeS3 bucket;

  CostApiTest() throws IOException {
    bucket = new FakeS3();
  }

  @AfterEach
  void closeBucket() {
    bucket.close();
  }

  @Override
  EvidenceStore evidence(Meter used) throws IOException {
    return new S3Evidence(
        new S3Location(FakeS3.BUCKET, "", FakeS3.REGION, Optional.of(bucket.endpoint())),
        Optional.of(new S3Key(FakeS3.ACCESS_KEY, "secret")),
        MAX_EVIDENCE,
        used);
  }

  /** Evidence that does not need pictures comes some seconds later. */
  @Test
  @Tag("slow")
  void incident_withEvidenceAndANotification_isInTheBillAndTheMetrics() throws Exception {
    start(List.of());

    awaitEvent("evidence", this::addDark, told -> isProven(told.path("incident").asText()));
    awaitMessage();
    JsonNode cost = json(send(request("/v1/cost")));

    double hours = cost.path("streamHours").asDouble();
    JsonNode messages = item(cost, "messages");
    assertThat(messages.path("used").asDouble() * hours).isCloseTo(1, within(1e-6));
    assertThat(messages.path("cost").asDouble() * hours)
        .isCloseTo(messages.path("unitPrice").asDouble(), withinPercentage(0.001));
    assertThat(item(cost, "objectWrites").path("cost").asDouble()).isPositive();
    assertThat(item(cost, "objectReads").path("cost").asDouble()).isPositive();
    assertThat(item(cost, "objectBytesWritten").path("used").asDouble()).isPositive();
    assertThat(cost.has("viewers")).isFalse();
    assertThat(send(request("/metrics")).body())
        .contains(ONE_MESSAGE)
        .contains("aircheck_usage_object_writes_total ")
        .contains("aircheck_usage_object_reads_total ")
        .contains("aircheck_usage_object_bytes_written_total ")
        .doesNotContain("aircheck_viewer_usage_");
  }

  @Test
  void channel_tested_isMetered() throws Exception {
    start(List.of());

    send(request("/v1/channels/hook/test").POST(body("")));

    assertThat(send(request("/metrics")).body()).contains(ONE_MESSAGE);
  }

  /** Notifications go their own way: evidence may be there first. */
  private void awaitMessage() throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    String metrics = send(request("/metrics")).body();
    while (!metrics.contains(ONE_MESSAGE)) {
      assertThat(Instant.now()).as(metrics).isBefore(end);
      metrics = send(request("/metrics")).body();
    }
  }

  private boolean isProven(String incident) {
    try {
      return !service.evidence().list(incident).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode item(JsonNode cost, String quantity) {
    return cost.at("/perStreamHour/items")
        .valueStream()
        .filter(item -> item.path("quantity").asText().equals(quantity))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + quantity + " in " + cost));
  }
}
