package io.aircheck.app.serve.settings;

import java.util.List;

/** Kinds of finding as users select them: a kind, or a group such as {@code video.*}. */
public final class KindSelector {
  private KindSelector() {}

  /** Whether a kind is selected; an empty list selects all. */
  public static boolean anyMatches(List<String> selectors, String kind) {
    return selectors.isEmpty()
        || selectors.stream()
            .anyMatch(
                selector ->
                    selector.endsWith("*")
                        ? kind.startsWith(selector.substring(0, selector.length() - 1))
                        : kind.equals(selector));
  }
}
