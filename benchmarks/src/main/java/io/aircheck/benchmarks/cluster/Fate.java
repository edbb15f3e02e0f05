package io.aircheck.benchmarks.cluster;

/**
 * What became of a fault on air.
 *
 * @param opened incidents about it that were opened
 * @param closed that were closed
 * @param recurred how often one of them came back before it was closed
 */
record Fate(int opened, int closed, int recurred) {

  /** One incident, from its beginning to its end, whatever was in between. */
  boolean isOneIncident() {
    return opened == 1 && closed == 1;
  }

  /** One incident, and nothing in between. */
  boolean isUndisturbed() {
    return isOneIncident() && recurred == 0;
  }

  /** What is wrong with it, in a word. */
  String word() {
    if (opened == 0) {
      return "lost";
    }
    if (opened > 1 || closed > 1) {
      return "doubled";
    }
    if (closed == 0) {
      return "not closed";
    }
    return recurred == 0 ? "one incident" : "one incident that recurred";
  }
}
