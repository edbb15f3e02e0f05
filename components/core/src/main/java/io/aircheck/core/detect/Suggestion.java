package io.aircheck.core.detect;

import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;

/** What to say to somebody who wrote a name that does not exist. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The nearest known name as a question, or the list of all names; begins with a semicolon, to
   * follow what is wrong.
   */
  public static String among(Collection<String> known, String wrong) {
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .filter(name -> distance(wrong, name) <= Math.max(2, name.length() / 3))
        .map(name -> "; did you mean " + name + "?")
        .orElseGet(() -> "; known are " + String.join(", ", new TreeSet<>(known)));
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
