package io.aircheck.app.serve.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.streams.StreamConflictException;

/** A request that cannot be fulfilled, as problem details (RFC 9457). */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final String pointer;

  private Problem(int status, String title, String detail, String pointer) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.pointer = pointer;
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "The request is not understood", detail, "");
  }

  static Problem unauthorized(String detail) {
    return new Problem(401, "Who are you?", detail, "");
  }

  static Problem forbidden(String detail) {
    return new Problem(403, "Not allowed", detail, "");
  }

  static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail, "");
  }

  static Problem conflict(String detail) {
    return new Problem(409, "It does not go with what is there", detail, "");
  }

  static Problem preconditionFailed(String detail) {
    return new Problem(412, "It has been changed meanwhile", detail, "");
  }

  static Problem tooLarge(long maxBytes) {
    return new Problem(
        413, "The body is too large", "at most %d bytes are taken".formatted(maxBytes), "");
  }

  static Problem gone(String detail) {
    return new Problem(410, "Gone for good", detail, "");
  }

  static Problem unsupported(String detail) {
    return new Problem(415, "The body is of a type that is not understood", detail, "");
  }

  static Problem tooMany(String detail) {
    return new Problem(429, "Too much at once", detail, "");
  }

  static Problem rangeNotSatisfiable(long length) {
    return new Problem(
        416, "There is no such range", "the file has %d bytes".formatted(length), "");
  }

  static Problem unavailable(String detail) {
    return new Problem(503, "Not now", detail, "");
  }

  static Problem internal() {
    return new Problem(
        500,
        "This is a fault of Aircheck",
        "the log of the service says more; please report it",
        "");
  }

  static Problem unprocessable(String detail) {
    return new Problem(422, "The request cannot be carried out", detail, "");
  }

  static Problem of(SettingsException e) {
    return new Problem(
        422,
        "These settings cannot be used",
        (e.pointer().isEmpty() ? "" : e.pointer().substring(1).replace('/', '.') + " ")
            + e.getMessage(),
        e.pointer());
  }

  static Problem of(StreamConflictException e) {
    String detail = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case UNKNOWN -> notFound(detail);
      case CHANGED -> preconditionFailed(detail);
      case FULL -> unavailable(detail);
      case EXISTS, DECLARED_IN_FILE -> conflict(detail);
    };
  }

  int status() {
    return status;
  }

  /** The body, {@code application/problem+json}. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "about:blank");
    json.put("title", title);
    json.put("status", status);
    json.put("detail", getMessage());
    if (!pointer.isEmpty()) {
      json.put("pointer", pointer);
    }
    return json;
  }
}
