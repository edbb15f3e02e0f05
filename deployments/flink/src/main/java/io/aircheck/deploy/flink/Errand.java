package io.aircheck.deploy.flink;

/** What is wanted of a task that only the worker has that runs it. */
sealed interface Errand {
  /** Names it, so that it can be answered. */
  String id();

  /** The stream that it is about. */
  String stream();

  /** The task of that stream, as reports call it. */
  String task();

  /**
   * A clip of what was received.
   *
   * @param fromMicros media time of its start
   * @param toMicros media time of its end
   */
  record Clip(String id, String stream, String task, long fromMicros, long toMicros)
      implements Errand {}

  /** The latest requests of the input. */
  record Requests(String id, String stream, String task) implements Errand {}
}
