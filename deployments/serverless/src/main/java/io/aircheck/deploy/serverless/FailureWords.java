package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What could not be looked at, in words for people. Not thread-safe. */
final class FailureWords {
  private final List<String> lines = new ArrayList<>();

  /** Takes down what failed of a segment of an input. */
  void add(Calls.Watched watched) {
    Calls.Where where = watched.lane().where();
    String input =
        where.stream() + where.rendition().map(rendition -> " " + rendition).orElse("");
    watched.failed().ifPresent(failed -> lines.add(input + ": " + words(failed)));
    for (Calls.Detected detected : watched.detected()) {
      detected
          .failed()
          .ifPresent(
              failed -> lines.add("%s, %s: %s".formatted(input, detected.kind(), words(failed))));
    }
  }

  /** One line each. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The message of an exception, when the cause is one as functions tell them. */
  private static String words(Calls.Failed failed) {
    try {
      JsonNode cause =
          SegmentJson.read(failed.cause().getBytes(StandardCharsets.UTF_8), JsonNode.class);
      JsonNode message = cause.path("errorMessage");
      return message.isTextual() ? message.asText() : failed.error() + " " + failed.cause();
    } catch (IOException e) {
      return failed.error() + " " + failed.cause();
    }
  }
}
