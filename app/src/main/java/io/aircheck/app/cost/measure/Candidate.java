package io.aircheck.app.cost.measure;

import io.aircheck.core.meter.Usage;
import io.aircheck.deploy.inprocess.ProbeFactory;
import java.io.IOException;

/** A way to run streams that can be measured here. To add one, name it in {@link Candidates}. */
public interface Candidate {

  /** Its name on the command line and in reports. */
  String id();

  /** What is physical about it, in a few words. */
  String description();

  /**
   * Numbers of streams to measure with, one after the other. What rents machines needs two, so that
   * memory for each stream can be told from memory for all.
   */
  int[] streams();

  /**
   * Starts whatever it needs, without a stream yet.
   *
   * @param work what to watch, and what for
   * @param probes look at tasks; those of a task elsewhere are told what is worth it
   * @param witness told what is found
   * @throws IOException when something that it needs is not there, in words for people
   */
  Running start(Work work, ProbeFactory probes, Witness witness) throws IOException;

  /** A candidate at work. */
  interface Running extends AutoCloseable {

    /** Watches so many streams from their beginning, and none of those before. */
    void watch(int streams);

    /** What was used so far. */
    Usage usage();

    @Override
    void close();
  }
}
