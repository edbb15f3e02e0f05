package io.aircheck.app.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A clip and what is wrong with it.
 *
 * @param file path below the folder of the labels; ends with a slash for an HLS folder
 * @param source name of the clean programme it was made from, or empty
 * @param durationSeconds length
 * @param events what is wrong
 * @param natural intervals by sort that really are black, static or quiet in the clean programme
 */
public record LabelledClip(
    String file,
    String source,
    double durationSeconds,
    List<Event> events,
    Map<String, List<Interval>> natural) {

  /**
   * One defect.
   *
   * @param label label, see {@link LabelMap}; packets whose bytes were flipped rather than lost
   *     ({@code params.mode} is {@code flip}) are labelled {@code ts_flip}, since no counter can
   *     tell of them
   * @param rendition rendition that has it, or empty when all have
   * @param offsetMillis for shifts between sound and picture: how late the sound is
   */
  public record Event(
      String label,
      double startSeconds,
      double endSeconds,
      Optional<String> rendition,
      Optional<Double> offsetMillis) {}

  /** A stretch of media time in seconds. */
  public record Interval(double startSeconds, double endSeconds) {}

  /** Whether it is a folder with an HLS stream. */
  boolean isFolder() {
    return file.endsWith("/");
  }

  /**
   * Reads labels.
   *
   * @throws IOException when the file cannot be read or is not in the format; the message names the
   *     clip
   */
  public static List<LabelledClip> read(Path labels) throws IOException {
    JsonNode root = new ObjectMapper().readTree(labels.toFile());
    if (!root.path("clips").isArray()) {
      throw new IOException(labels + " has no list \"clips\"");
    }
    List<LabelledClip> clips = new ArrayList<>();
    for (JsonNode node : root.get("clips")) {
      if (!node.path("file").isTextual()) {
        throw new IOException(labels + ": clip " + clips.size() + " has no \"file\"");
      }
      clips.add(clip(node));
    }
    return clips;
  }

  private static String label(String kind, JsonNode params) {
    return kind.equals("ts_loss") && params.path("mode").asText().equals("flip") ? "ts_flip" : kind;
  }

  private static LabelledClip clip(JsonNode node) {
    List<Event> events = new ArrayList<>();
    for (JsonNode event : node.path("events")) {
      JsonNode params = event.path("params");
      events.add(
          new Event(
              label(event.path("kind").asText(), params),
              event.path("start").asDouble(),
              event.path("end").asDouble(),
              Optional.ofNullable(params.path("rendition").textValue()),
              params.path("ms").isNumber() && params.has("sign")
                  ? Optional.of(params.get("ms").asDouble())
                  : Optional.empty()));
    }
    Map<String, List<Interval>> natural = new HashMap<>();
    for (Map.Entry<String, JsonNode> sort : node.path("natural").properties()) {
      List<Interval> intervals = new ArrayList<>();
      for (JsonNode interval : sort.getValue()) {
        intervals.add(new Interval(interval.path(0).asDouble(), interval.path(1).asDouble()));
      }
      natural.put(sort.getKey(), intervals);
    }
    return new LabelledClip(
        node.get("file").asText(),
        node.path("source").asText(""),
        node.path("duration_s").asDouble(),
        events,
        natural);
  }
}
