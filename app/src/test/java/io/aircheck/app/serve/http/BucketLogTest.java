package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A request log of CloudFront in a bucket that has one object. */
@Tag("slow")
class BucketLogTest extends ViewerFixture {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd\tHH:mm:ss").withZone(ZoneOffset.UTC);

  private static final String KEY = "cloudfront/E1.2026-11-28-06.0123.gz";

  @SuppressWarnings("NullAway.Init") // Every test starts it first.
  private HttpServer bucket;

  private volatile boolean refuses;

  @BeforeEach
  void openBucket() throws Exception {
    bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bucket.createContext("/cdn-logs/", this::answer);
    bucket.start();
    viewers =
        """
        {"enabled": true, "logs": [
          {"name": "cloudfront", "format": "cloudfront", "attributes": {"cdn": "cloudfront"},
           "s3": {"bucket": "cdn-logs", "prefix": "cloudfront", "endpoint": "http://127.0.0.1:%d",
                  "accessKey": "key", "secretKey": "hunter2hunter2"}}]}
        """
            .formatted(bucket.getAddress().getPort());
  }

  @AfterEach
  void closeBucket() {
    bucket.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean list = exchange.getRequestURI().getPath().equals("/cdn-logs/");
      byte[] body = list ? listed().getBytes(StandardCharsets.UTF_8) : object();
      exchange.sendResponseHeaders(refuses ? 403 : 200, refuses ? -1 : body.length);
      if (!refuses) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private String listed() {
    Instant later = clock.instant().plusSeconds(60);
    return "<ListBucketResult><Contents><Key>%s</Key><LastModified>%s</LastModified><Size>%d</Size></Contents></ListBucketResult>"
        .formatted(KEY, later, 100);
  }

  private byte[] object() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(
          """
          #Version: 1.0
          #Fields: date time c-ip cs(Host) cs-uri-stem sc-status cs(User-Agent) cs-uri-query
          %s\t192.0.2.77\tcdn.example\t/a/1.ts\t200\tMade\tCMCD=cid%%3D%%22news%%22%%2Csid%%3D%%22s1%%22
          """
              .formatted(DATE.format(clock.instant()))
              .getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void objectOfABucket_isViewers() throws Exception {
    start(List.of());

    await("/v1/viewers/logs", json -> json.at("/items/0/reports").asInt() == 1);
    clock.advance(Duration.ofSeconds(15));

    JsonNode session =
        await("/v1/viewers/sessions/s1", json -> json.at("/attributes/cdn").isTextual());
    assertThat(session.at("/attributes/cdn").asText()).isEqualTo("cloudfront");
    assertThat(json(send(request("/v1/viewers/logs"))).at("/items/0/way").asText()).isEqualTo("s3");
  }

  @Test
  void requestsToTheBucket_areInTheBillOfViewers_andOfNoStream() throws Exception {
    start(List.of());

    await("/v1/viewers/logs", json -> json.at("/items/0/reports").asInt() == 1);
    JsonNode cost = json(send(request("/v1/cost")));

    JsonNode dearest = cost.at("/viewers/items/0");
    assertThat(dearest.path("quantity").asText()).as("a list").isEqualTo("objectWrites");
    assertThat(dearest.path("paid").asDouble()).isPositive();
    assertThat(dearest.path("cost").asDouble())
        .isCloseTo(
            dearest.path("paid").asDouble() * dearest.path("unitPrice").asDouble(), within(1e-12));
    assertThat(cost.at("/viewers/cost").asDouble()).isPositive();
    assertThat(send(request("/metrics")).body())
        .contains("aircheck_viewer_usage_object_reads_total 1.000\n")
        .doesNotContain("aircheck_usage_object");
  }

  @Test
  void bucketThatRefuses_isAProblemOfTheLogWithoutItsSecret() throws Exception {
    refuses = true;
    start(List.of());

    JsonNode logs =
        await(
            "/v1/viewers/logs",
            json ->
                json.at("/items/0").has("problem")
                    && logged.stream()
                        .anyMatch(line -> line.startsWith("log cloudfront: S3 bucket cdn-logs")));

    assertThat(logs.at("/items/0/problem").asText())
        .startsWith("log cloudfront: S3 bucket cdn-logs answers 403")
        .endsWith("check the credentials and what they allow")
        .doesNotContain("hunter2");
  }
}
