package io.aircheck.experience.session;

import io.aircheck.experience.report.Attributes;
import java.util.Map;

/**
 * What a view has in common with others: the values of its dimensions. Empty is what is not known.
 *
 * @param content id of the content
 * @param rendition what is shown, such as {@code 720p}, or {@code 3000k} where only the bitrate is
 *     told
 * @param attributes the others, by the names in {@link Attributes} or their own
 */
public record Cohort(String content, String rendition, Map<String, String> attributes) {
  /** Nothing is known. */
  public static final Cohort UNKNOWN = new Cohort("", "", Map.of());

  /** Dimension of the content. */
  public static final String CONTENT = "content";

  /** Dimension of the rendition. */
  public static final String RENDITION = "rendition";

  public Cohort {
    attributes = Map.copyOf(attributes);
  }

  /** The value of a dimension; empty if it is not known. */
  public String value(String dimension) {
    return switch (dimension) {
      case CONTENT -> content;
      case RENDITION -> rendition;
      default -> attributes.getOrDefault(dimension, "");
    };
  }
}
