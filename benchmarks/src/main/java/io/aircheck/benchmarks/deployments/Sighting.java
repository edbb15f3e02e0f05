package io.aircheck.benchmarks.deployments;

/**
 * An incident as a deployment told of it.
 *
 * @param kind of the finding that it is about
 * @param startMicros media time at which the first finding of that kind began
 * @param endMicros media time at which the last one ended
 * @param severity worst severity, as a word
 * @param findings how many findings of that kind there were
 * @param toldMillis when it was told first, wall-clock milliseconds
 */
record Sighting(
    String kind,
    long startMicros,
    long endMicros,
    String severity,
    int findings,
    long toldMillis) {}
