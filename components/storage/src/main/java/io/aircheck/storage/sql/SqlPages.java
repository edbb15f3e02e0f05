package io.aircheck.storage.sql;

import io.aircheck.core.store.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages of what was queried with one item more than wanted; the cursor is an id. */
final class SqlPages {
  private SqlPages() {}

  static <T> Page<T> of(List<T> found, int limit, Function<T, String> id) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, Optional.of(id.apply(items.getLast())));
  }
}
