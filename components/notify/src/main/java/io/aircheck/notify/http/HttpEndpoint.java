package io.aircheck.notify.http;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier.Delivery;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * Where a channel posts to, and what each answer means for a notification. Thread-safe.
 *
 * <ul>
 *   <li>2xx: delivered.
 *   <li>408, 425, 429, 5xx, no connection, no answer in time: later, when {@code Retry-After} says
 *       so.
 *   <li>Other 4xx: rejected. 3xx as well: redirects are not followed, so that nobody is led to an
 *       address that the outbound policy has not seen.
 * </ul>
 *
 * <p>The whole exchange has one time-out, and of an answer no more than {@link #MAX_ANSWER_BYTES}
 * are read. Messages name the host, never path or query, which may hold tokens.
 */
public final class HttpEndpoint {
  /** Bytes of an answer that are read. */
  public static final int MAX_ANSWER_BYTES = 64 * 1024;

  /** One for all channels: it has a thread of its own and pools connections. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final URI uri;
  private final Duration timeout;
  private final OutboundPolicy outbound;
  private final InstantSource clock;

  /**
   * @param uri address of http or https
   * @param timeout for a whole exchange, connecting included
   */
  public HttpEndpoint(URI uri, Duration timeout, OutboundPolicy outbound) {
    this(uri, timeout, outbound, InstantSource.system());
  }

  HttpEndpoint(URI uri, Duration timeout, OutboundPolicy outbound, InstantSource clock) {
    this.uri = uri;
    this.timeout = timeout;
    this.outbound = outbound;
    this.clock = clock;
  }

  /** Posts a body; delivered with status and body of the answer. */
  public Delivery post(byte[] body, Map<String, String> headers) {
    return post(body, headers, answer -> "");
  }

  /**
   * Posts a body.
   *
   * @param trouble finds what is wrong in the body of a successful answer, for receivers that say
   *     so there; the empty text when nothing is
   */
  public Delivery post(byte[] body, Map<String, String> headers, Function<String, String> trouble) {
    HttpRequest.Builder request = request(headers).POST(BodyPublishers.ofByteArray(body));
    try {
      HttpResponse<byte[]> response = send(request.build());
      return meaning(response, trouble);
    } catch (OutboundPolicy.DeniedException e) {
      return new Delivery.Rejected(e.reason());
    } catch (IOException e) {
      return new Delivery.RetryAfter(uri.getHost() + ": " + reason(e), Optional.empty());
    }
  }

  /** Asks for the address without telling anything; what is wrong, if anything is. */
  public Optional<String> get(Map<String, String> headers) {
    try {
      int status = send(request(headers).GET().build()).statusCode();
      return status / 100 == 2
          ? Optional.empty()
          : Optional.of("%s answers %d".formatted(uri.getHost(), status));
    } catch (OutboundPolicy.DeniedException e) {
      return Optional.of(e.reason());
    } catch (IOException e) {
      return Optional.of(uri.getHost() + ": " + reason(e));
    }
  }

  /** Whether a connection can be made, TLS included, without asking for anything. */
  public Optional<String> reach() {
    try {
      outbound.check(origin());
      Reachability.connect(uri, timeout, outbound);
      return Optional.empty();
    } catch (OutboundPolicy.DeniedException e) {
      return Optional.of(e.reason());
    } catch (IOException e) {
      return Optional.of(uri.getHost() + ": " + reason(e));
    }
  }

  private HttpRequest.Builder request(Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "Aircheck");
    headers.forEach(request::setHeader);
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    // Looked up again at each attempt; the runtime keeps the answer for the connection that
    // follows.
    outbound.check(origin());
    CompletableFuture<HttpResponse<byte[]>> exchange =
        CLIENT.sendAsync(request, info -> new BoundedBody(MAX_ANSWER_BYTES));
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + timeout.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException(String.valueOf(e.getCause()), e);
    } finally {
      exchange.cancel(true);
    }
  }

  private Delivery meaning(HttpResponse<byte[]> response, Function<String, String> trouble) {
    int status = response.statusCode();
    String body = new String(response.body(), StandardCharsets.UTF_8);
    String answer = (status + " " + body).strip();
    if (status / 100 == 2) {
      String wrong = trouble.apply(body);
      return wrong.isEmpty() ? new Delivery.Delivered(answer) : new Delivery.Rejected(wrong);
    }
    String said = uri.getHost() + " answers " + answer;
    if (status / 100 == 3) {
      return new Delivery.Rejected(
          "%s answers %d, a redirect, which is not followed; set url to where it leads"
              .formatted(uri.getHost(), status));
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      Optional<Duration> after =
          response
              .headers()
              .firstValue("Retry-After")
              .flatMap(value -> RetryAfterHeader.parse(value, clock));
      return new Delivery.RetryAfter(said, after);
    }
    return new Delivery.Rejected(said);
  }

  /** Scheme, host and port alone: what the policy is about, and nothing that is secret. */
  private String origin() {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    if (e instanceof ConnectException) {
      return "cannot connect" + (message == null ? "" : ": " + message);
    }
    if (e instanceof SSLException) {
      return "TLS fails: " + message;
    }
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
