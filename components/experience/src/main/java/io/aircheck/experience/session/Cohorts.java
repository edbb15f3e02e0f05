package io.aircheck.experience.session;

import io.aircheck.experience.report.Pool;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes cohorts of what reports tell, within bounds, and shares what is equal. Any threads. */
final class Cohorts {
  private static final int MOST_ATTRIBUTES = 32;
  private static final int MOST_CHARACTERS = 128;

  private final Pool<String> texts = new Pool<>(1 << 14);
  private final Pool<Map<String, String>> maps = new Pool<>(1 << 14);

  /** A text, cut to what is kept of it. */
  String text(String told) {
    return texts.shared(
        told.length() <= MOST_CHARACTERS ? told : told.substring(0, MOST_CHARACTERS));
  }

  /** The same text, of which there is one. */
  String shared(String told) {
    return texts.shared(told);
  }

  /** Name of what a playback shows. */
  String rendition(Playback playback) {
    if (playback.height() > 0) {
      return texts.shared(playback.height() + "p");
    }
    return playback.bitrateKbps() > 0 ? texts.shared(playback.bitrateKbps() + "k") : "";
  }

  /** Which content is told to a view of a cohort. */
  ToldContent told(Cohort cohort, @Nullable String content) {
    if (content == null || content.isEmpty() || cohort.content().isEmpty()) {
      return ToldContent.UNKNOWN;
    }
    return text(content).equals(cohort.content()) ? ToldContent.SAME : ToldContent.OTHER;
  }

  /** The cohort after a report; the same instance if it says nothing new. */
  Cohort after(
      Cohort before, @Nullable String content, String rendition, Map<String, String> told) {
    String contentNow = content == null ? before.content() : text(content);
    Map<String, String> attributes = merged(before.attributes(), told);
    return contentNow.equals(before.content())
            && rendition.equals(before.rendition())
            && attributes == before.attributes()
        ? before
        : new Cohort(contentNow, rendition, attributes);
  }

  private Map<String, String> merged(Map<String, String> before, Map<String, String> told) {
    @Nullable Map<String, String> merged = null;
    for (Map.Entry<String, String> entry : told.entrySet()) {
      String value = entry.getValue();
      String cut = value.length() <= MOST_CHARACTERS ? value : text(value);
      if (cut.equals((merged == null ? before : merged).get(entry.getKey()))) {
        continue;
      }
      if (merged == null) {
        merged = new HashMap<>(before);
      }
      if (merged.size() < MOST_ATTRIBUTES || merged.containsKey(entry.getKey())) {
        merged.put(text(entry.getKey()), text(cut));
      }
    }
    return merged == null || merged.equals(before) ? before : maps.shared(Map.copyOf(merged));
  }
}
