package io.aircheck.core.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pages of a list in memory; the cursor is the id of the last item of the page before. */
final class Pages {
  private Pages() {}

  static <T> Page<T> of(List<T> all, Function<T, String> id, Optional<String> cursor, int limit) {
    int from = 0;
    if (cursor.isPresent()) {
      while (from < all.size() && !id.apply(all.get(from)).equals(cursor.get())) {
        from++;
      }
      if (from == all.size()) {
        throw new IllegalArgumentException("not a cursor of this list: " + cursor.get());
      }
      from++;
    }
    int to = Math.min(all.size(), from + limit);
    List<T> items = all.subList(from, to);
    return new Page<>(
        items, to < all.size() ? Optional.of(id.apply(items.getLast())) : Optional.empty());
  }
}
