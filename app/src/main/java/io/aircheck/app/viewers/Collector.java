package io.aircheck.app.viewers;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.viewer.Post;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The place of a service that takes reports, over connections that are kept. Thread-safe. */
public final class Collector implements AutoCloseable {
  /** Where a service takes reports, unless an address says otherwise. */
  public static final String PATH = "/v1/viewers/reports";

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String MEDIA_TYPE = "application/cmcd";

  /**
   * What the address tells of a viewer; the content and the network that delivers are in reports.
   */
  private static final Dimension[] TOLD = {
    Dimension.APP_VERSION,
    Dimension.COUNTRY,
    Dimension.DEVICE,
    Dimension.NETWORK,
    Dimension.PLAYER,
    Dimension.PLAYER_VERSION
  };

  private final URI address;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .executor(threads)
          .build();

  /**
   * What it said.
   *
   * @param retryAfterMillis how long it wants to be left alone, if it says so
   */
  record Answer(int status, OptionalLong retryAfterMillis) {}

  /**
   * A collector.
   *
   * @param address of the service, or of the very place; http or https
   * @throws IllegalArgumentException when it is no such address; the message is one line for the
   *     user
   */
  public Collector(String address) {
    URI given;
    try {
      given = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(address + " is no address", e);
    }
    boolean web = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
    if (!web || given.getHost() == null) {
      throw new IllegalArgumentException(
          address + " is no address of a service, such as http://127.0.0.1:8080");
    }
    String path = given.getRawPath();
    boolean whole = path != null && path.length() > 1;
    this.address = whole ? given : given.resolve(PATH);
  }

  /** The very place. */
  public URI address() {
    return address;
  }

  /**
   * Asks whether reports are taken there, by sending none.
   *
   * @throws IOException when they are not; the message is one line for the user
   */
  public void check() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", MEDIA_TYPE)
            .POST(BodyPublishers.noBody())
            .build();
    int status;
    try {
      status = client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IOException(
          "nothing answers at %s; start a service (./aircheck serve), or name another by --to"
              .formatted(address),
          e);
    }
    if (status == 401 || status == 403 || status == 404 || status == 405) {
      throw new IOException(
          "%s does not take reports of viewers: it answers %d".formatted(address, status));
    }
  }

  /** Sends what a player sends. */
  Answer send(Post post) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(of(post.cohort()))
            .timeout(TIMEOUT)
            .header("Content-Type", MEDIA_TYPE)
            .header("User-Agent", post.userAgent())
            .POST(BodyPublishers.ofByteArray(post.body()))
            .build();
    HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
    return new Answer(response.statusCode(), retryAfterMillis(response));
  }

  private URI of(Cohort cohort) {
    StringBuilder text = new StringBuilder(address.toString());
    char separator = address.getRawQuery() == null ? '?' : '&';
    for (Dimension dimension : TOLD) {
      text.append(separator).append(dimension.id()).append('=');
      text.append(URLEncoder.encode(cohort.value(dimension), StandardCharsets.UTF_8));
      separator = '&';
    }
    return URI.create(text.toString());
  }

  /** Seconds; a date (RFC 9110, 10.2.3) is as if it were not told. */
  private static OptionalLong retryAfterMillis(HttpResponse<Void> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("\\d{1,6}")
        ? OptionalLong.of(Long.parseLong(seconds) * 1000)
        : OptionalLong.empty();
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.close();
  }
}
