package io.aircheck.experience.feed;

import io.aircheck.experience.cube.Cell;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What was measured of some viewers in a window of time. What is in a row is in rows of every other
 * set of dimensions too: only rows of one set may be added up.
 *
 * @param startMillis start of the window, by the clock of the service
 * @param lengthMillis its length
 * @param dimensions what the rows are by, such as content and CDN; none: all viewers
 * @param values of the dimensions; an empty one is not known. None for the others
 * @param others whether it is what had no row of its own, because its values were too rare
 * @param windows of how many windows of the cube in this time anything is known
 * @param cell sums; no longer changed
 */
public record SumRow(
    long startMillis,
    long lengthMillis,
    List<String> dimensions,
    List<String> values,
    boolean others,
    int windows,
    Cell cell) {
  public SumRow {
    dimensions = List.copyOf(dimensions);
    values = List.copyOf(values);
  }

  /** Name of the set of dimensions, as the table of minutes has it: {@code content+cdn}. */
  public String grouping() {
    String name = dimensions.isEmpty() ? "(all)" : String.join("+", dimensions);
    return others ? name + " (others)" : name;
  }

  /**
   * Which viewers it is about: the same text in every window. Values are encoded as in forms, as in
   * {@code content=news&cdn=north}.
   */
  public String key() {
    if (values.isEmpty()) {
      return grouping();
    }
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      key.append(i == 0 ? "" : "&").append(encoded(dimensions.get(i)));
      key.append('=').append(encoded(values.get(i)));
    }
    return key.toString();
  }

  /** The same whenever this row is told again, and that of no other one. */
  public String id() {
    return startMillis + "~" + lengthMillis + "~" + key();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
