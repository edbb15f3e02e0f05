package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.Serializable;

/** Where the enumerator reads again and again what is to be watched. Used by one thread. */
interface StreamCatalogue extends Serializable {
  /**
   * What is to be watched now; may block for seconds.
   *
   * @param known what was read last, which is given back when nothing has changed
   * @throws IOException when it cannot be read now; what was read last holds until it can
   */
  Orders read(Orders known) throws IOException;
}
