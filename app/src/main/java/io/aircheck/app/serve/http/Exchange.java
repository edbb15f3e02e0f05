package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.access.Access.Caller;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One request and its response, in the words of the API. */
final class Exchange {
  /** A description of a stream is a few hundred bytes. */
  private static final int MAX_JSON = 256 * 1024;

  private static final int MAX_PAGE = 1000;
  private static final int DEFAULT_PAGE = 100;

  private final ServerRequest request;
  private final ServerResponse response;
  private final Caller caller;

  /** The body, once it was read. */
  private byte @Nullable [] read;

  private Consumer<Answer> beforeAnswer = answer -> {};

  /**
   * What a write was answered.
   *
   * @param location where what was made is; empty: nothing was
   * @param etag its revision; empty: it has none
   * @param body JSON; empty: none
   */
  record Answer(int status, String location, String etag, String body) {}

  Exchange(ServerRequest request, ServerResponse response, Caller caller) {
    this.request = request;
    this.response = response;
    this.caller = caller;
  }

  /** Who asks. */
  Caller caller() {
    return caller;
  }

  ServerResponse response() {
    return response;
  }

  /** A part of the path. */
  String path(String name) {
    return request.path().pathParameters().get(name);
  }

  /** A part of the path; empty: its address has none of that name. */
  Optional<String> pathIfAny(String name) {
    return request.path().pathParameters().first(name).asOptional();
  }

  /** The method of the request. */
  String method() {
    return request.prologue().method().text();
  }

  /** Path and query as they were sent. */
  String target() {
    String query = request.query().rawValue();
    return request.path().rawPath() + (query.isEmpty() ? "" : "?" + query);
  }

  /** A header of the answer. */
  void answerHeader(String name, String value) {
    response.header(HeaderNames.create(name), value);
  }

  /** A header of the answer that is always the same. */
  void answerHeader(Header header) {
    response.header(header);
  }

  Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  Optional<String> query(String name) {
    return request.query().first(name).asOptional();
  }

  /** Every value of a parameter that may be repeated. */
  List<String> queryAll(String name) {
    return request.query().contains(name) ? request.query().all(name) : List.of();
  }

  /**
   * What is selected by a parameter that may be repeated; nothing when it is not given.
   *
   * @param word what a value is called in the API
   */
  <E> Set<E> words(String name, E[] values, Function<E, String> word) {
    Set<E> selected = new HashSet<>();
    for (String given : queryAll(name)) {
      selected.add(
          Arrays.stream(values)
              .filter(value -> word.apply(value).equals(given))
              .findFirst()
              .orElseThrow(
                  () ->
                      Problem.badRequest(
                          "%s must be one of %s"
                              .formatted(
                                  name,
                                  Arrays.stream(values)
                                      .map(word)
                                      .collect(Collectors.joining(", "))))));
    }
    return selected;
  }

  /** A time in a parameter, as milliseconds since the epoch. */
  OptionalLong time(String name) {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      // A plus sign arrives as a blank when somebody forgot to escape it.
      return OptionalLong.of(
          OffsetDateTime.parse(text.get().replace(' ', '+')).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      throw Problem.badRequest(
          "%s must be a time with its zone, such as 2026-12-24T18:00:00Z".formatted(name));
    }
  }

  /** Length of a page. */
  int limit() {
    Optional<String> text = query("limit");
    if (text.isEmpty()) {
      return DEFAULT_PAGE;
    }
    try {
      int limit = Integer.parseInt(text.get());
      if (limit >= 1 && limit <= MAX_PAGE) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw Problem.badRequest("limit must be a whole number from 1 to " + MAX_PAGE);
  }

  /** The body, a JSON object. */
  JsonNode body() {
    try {
      return SettingsReader.parse(bytes());
    } catch (SettingsException e) {
      throw Problem.badRequest("the body " + e.getMessage());
    }
  }

  /** What is asked for besides method and path: equal for equal requests. */
  String content() {
    String length = header("Content-Length").orElse("");
    boolean small = length.matches("\\d{1,9}") && Integer.parseInt(length) <= MAX_JSON;
    // A large file is told by its length alone: it is not read twice.
    return request.query().rawValue()
        + '\n'
        + (small && !length.equals("0") ? new String(bytes(), StandardCharsets.UTF_8) : length);
  }

  /** Calls back right before an answer without content, or with JSON, goes out. */
  void beforeAnswer(Consumer<Answer> listener) {
    beforeAnswer = listener;
  }

  /** Answers as before. */
  void repeat(Answer answer) {
    if (!answer.location().isEmpty()) {
      response.header(HeaderNames.LOCATION, answer.location());
    }
    if (!answer.etag().isEmpty()) {
      response.header(HeaderNames.ETAG, answer.etag());
    }
    if (answer.body().isEmpty()) {
      done(answer.status());
    } else {
      send(answer.status(), "application/json", answer.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Answer answer(int status, String body) {
    return new Answer(
        status,
        response.headers().first(HeaderNames.LOCATION).orElse(""),
        response.headers().first(HeaderNames.ETAG).orElse(""),
        body);
  }

  private byte[] bytes() {
    byte[] known = read;
    if (known == null) {
      known = receive(MAX_JSON, "a JSON object is expected");
      read = known;
    }
    return known;
  }

  private byte[] receive(int maxBytes, String expected) {
    if (!request.content().hasEntity()) {
      throw Problem.badRequest("there is no body; " + expected);
    }
    try (InputStream in = request.content().inputStream()) {
      // As much room as it says that it needs: most bodies are far smaller than they may be.
      byte[] bytes = in.readNBytes((int) Math.min(maxBytes, declaredLength().orElse(maxBytes)));
      int next = in.read();
      if (next < 0) {
        return bytes;
      }
      return longer(bytes, next, in, maxBytes);
    } catch (IOException | UncheckedIOException e) {
      throw Problem.badRequest("the body was cut off, or is not encoded as it says");
    }
  }

  /** Of one that is longer than it said: it was compressed, or of unknown length. */
  private static byte[] longer(byte[] begin, int next, InputStream in, int maxBytes)
      throws IOException {
    byte[] rest = in.readNBytes(maxBytes - begin.length);
    if (begin.length + 1 + rest.length > maxBytes) {
      throw Problem.tooLarge(maxBytes);
    }
    byte[] all = Arrays.copyOf(begin, begin.length + 1 + rest.length);
    all[begin.length] = (byte) next;
    System.arraycopy(rest, 0, all, begin.length + 1, rest.length);
    return all;
  }

  private OptionalLong declaredLength() {
    return request.headers().contentLength();
  }

  /** Whether there is a body. */
  boolean hasBody() {
    return request.content().hasEntity();
  }

  /** The body as it came, of at most so many bytes. */
  byte[] body(int maxBytes) {
    if (declaredLength().orElse(0) > maxBytes) {
      throw Problem.tooLarge(maxBytes);
    }
    return receive(maxBytes, "reports are expected");
  }

  /** The address of who is connected; null: it is not known. */
  @Nullable String remoteAddress() {
    return request.remotePeer().address() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : null;
  }

  /** The arguments of the address, the first of each name. */
  Map<String, String> arguments() {
    if (request.query().isEmpty()) {
      return Map.of();
    }
    Map<String, String> arguments = new HashMap<>();
    for (String name : request.query().names()) {
      query(name).ifPresent(value -> arguments.put(name, value));
    }
    return arguments;
  }

  /** The body, to be read bit by bit. */
  InputStream stream() {
    if (!request.content().hasEntity()) {
      throw Problem.badRequest("there is no body; a file is expected");
    }
    byte[] known = read;
    return known == null ? request.content().inputStream() : new ByteArrayInputStream(known);
  }

  /** Answers with JSON. */
  void json(int status, JsonNode body) {
    beforeAnswer.accept(answer(status, body.toString()));
    send(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with content. */
  void send(int status, String mediaType, byte[] body) {
    response.status(status).header(HeaderNames.CONTENT_TYPE, mediaType);
    response.send(body);
  }

  /**
   * Answers with content that is not held as a whole.
   *
   * @throws IOException when it cannot be read to its end
   */
  void send(int status, String mediaType, InputStream body) throws IOException {
    response.status(status).header(HeaderNames.CONTENT_TYPE, mediaType);
    try (OutputStream out = response.outputStream()) {
      body.transferTo(out);
    }
  }

  /** Answers with what is wrong. */
  void problem(Problem problem) {
    HttpServer.send(response, problem);
  }

  /** Answers without content. */
  void done(int status) {
    beforeAnswer.accept(answer(status, ""));
    response.status(status);
    response.send();
  }
}
