package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.Serializable;

/** Who wants to know what a cluster uses. Thread-safe. */
interface Supervisor extends Serializable {
  /**
   * Takes note.
   *
   * @throws IOException when it cannot be told now
   */
  void tell(ProcessReport report) throws IOException;
}
