package io.aircheck.core.fact;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of facts.
 *
 * @param timeMillis start of the time that it is about, milliseconds since the epoch
 * @param cells by the columns of its layout: a String, a Long, or a Map of texts by their names;
 *     null where that is allowed
 */
public record Fact(long timeMillis, List<@Nullable Object> cells) {
  public Fact {
    cells = Collections.unmodifiableList(cells);
  }
}
