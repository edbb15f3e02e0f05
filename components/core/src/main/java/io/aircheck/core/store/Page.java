package io.aircheck.core.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of a long list.
 *
 * @param items the items, in the order of the list
 * @param next opaque cursor of what follows; empty at the end of the list
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
