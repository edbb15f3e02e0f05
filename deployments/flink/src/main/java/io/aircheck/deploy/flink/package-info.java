/**
 * Runs a topology as a job on an Apache Flink cluster. Streams are splits of a source; what its
 * readers send on is what was observed, never pictures or sound. What a task knows travels behind
 * the observations that it made, so that a checkpoint needs no task to stop.
 */
@NullMarked
package io.aircheck.deploy.flink;

import org.jspecify.annotations.NullMarked;
