package io.aircheck.deploy.flink;

import io.aircheck.core.notify.IncidentSink;
import java.io.Serializable;

/**
 * Where a job without a desk brings what happens to incidents. Travels with the job: holds no
 * secrets, but what says where they are.
 */
public interface SinkSetup extends Serializable {
  /** Name of the sink, unique in the job; the same when the job goes on after an upgrade. */
  String id();

  /**
   * Makes it, on the task manager that delivers; does not connect.
   *
   * @throws IllegalArgumentException when its settings cannot be used there; one line, without
   *     secrets
   */
  IncidentSink create();
}
