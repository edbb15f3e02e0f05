package io.aircheck.media.input;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.MediaException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for resources of one input over HTTP, and follows redirects: each address has to be allowed,
 * credentials go to the host of the input alone, and what began encrypted stays so. Thread-safe.
 */
public final class HttpGet {
  /** Most redirects that are followed; browsers stop at about 20, real streams need one or two. */
  private static final int MAX_REDIRECTS = 8;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Request headers that only the host of the input gets to see. */
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

  private final HttpClient client;
  private final String inputHost;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final AddressRule addresses;

  /**
   * @param client one that does not follow redirects
   * @param input address that the user named: credentials among the headers go to its host alone
   * @param headers further request headers; may hold secrets, never shown
   * @param timeout longest wait for an answer
   * @param addresses where requests may go, asked at each hop
   */
  public HttpGet(
      HttpClient client,
      URI input,
      Map<String, String> headers,
      Duration timeout,
      AddressRule addresses) {
    this.client = client;
    this.inputHost = host(input);
    this.headers = Map.copyOf(headers);
    this.timeout = timeout;
    this.addresses = addresses;
  }

  /**
   * Sends a request, and those that it is redirected to.
   *
   * @param more headers of this request besides those of the input
   * @param handler makes the bodies; those of redirects are closed
   * @return the first answer that is no redirect, whatever its status
   * @throws HttpRefusal when an address is not allowed, or a redirect is not followed
   * @throws IllegalArgumentException when the address or a header cannot be used for HTTP
   */
  public HttpResponse<InputStream> send(
      URI start, Map<String, String> more, HttpResponse.BodyHandler<InputStream> handler)
      throws IOException, InterruptedException {
    URI uri = start;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      Optional<String> refusal = addresses.refusal(uri.toString());
      if (refusal.isPresent()) {
        throw new HttpRefusal(Reason.DENIED, 0, refusal.get());
      }
      HttpResponse<InputStream> response = client.send(request(uri, more), handler);
      if (!REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      response.body().close();
      uri = redirect(uri, response);
    }
    throw new HttpRefusal(Reason.NOT_FOUND, 0, "too many redirects");
  }

  private HttpRequest request(URI uri, Map<String, String> more) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
    more.forEach(request::setHeader);
    headers.forEach(
        (name, value) -> {
          boolean secret = CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
          if (!secret || host(uri).equals(inputHost)) {
            request.setHeader(name, value);
          }
        });
    return request.build();
  }

  private static URI redirect(URI from, HttpResponse<?> response) throws HttpRefusal {
    int status = response.statusCode();
    URI to;
    try {
      to = from.resolve(response.headers().firstValue("Location").orElse(""));
    } catch (IllegalArgumentException e) {
      throw new HttpRefusal(Reason.NOT_FOUND, status, "redirect to nowhere");
    }
    String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new HttpRefusal(Reason.NOT_FOUND, status, "redirect to nowhere");
    }
    if ("https".equalsIgnoreCase(from.getScheme()) && !scheme.equals("https")) {
      throw new HttpRefusal(Reason.DENIED, status, "redirect from https to http is not followed");
    }
    return to;
  }

  private static String host(URI uri) {
    return uri.getHost() == null
        ? ""
        : uri.getScheme().toLowerCase(Locale.ROOT)
            + "://"
            + uri.getHost().toLowerCase(Locale.ROOT)
            + ":"
            + uri.getPort();
  }
}
