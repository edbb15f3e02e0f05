package io.aircheck.experience.cause;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Causes in words. */
public final class Explanation {
  private Explanation() {}

  /**
   * A sentence such as {@code stalls: 93 % of the change is in cdn=cdn-b}.
   *
   * @param what what changed
   */
  public static String of(String what, List<Cause> causes) {
    if (causes.isEmpty()) {
      return what + ": no values of dimensions explain the change";
    }
    if (causes.getFirst().where().isEverywhere()) {
      return what + ": the change is everywhere";
    }
    return what
        + ": "
        + causes.stream()
            .map(Explanation::part)
            .collect(Collectors.joining(", "))
            .replaceFirst(" % in ", " % of the change is in ");
  }

  private static String part(Cause cause) {
    return String.format(Locale.ROOT, "%.0f %% in %s", 100 * cause.share(), cause.where());
  }
}
