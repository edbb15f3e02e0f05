package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.incident.IncidentPolicy;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a job is to watch that follows no desk. Travels with the job, and is read again and again by
 * its job manager. Used by one thread.
 */
public interface StreamList extends Serializable {

  /**
   * A stream to watch.
   *
   * @param policy how its findings become incidents
   * @param labels told with them; a stream that is watched already keeps those that it began with
   */
  record Entry(StreamSpec stream, IncidentPolicy policy, Map<String, String> labels) {
    public Entry {
      labels = Map.copyOf(labels);
    }
  }

  /**
   * What is to be watched now; streams that are not named are stopped.
   *
   * @throws IOException when that cannot be read now, one line without secrets; what was read last
   *     holds until it can
   */
  List<Entry> read() throws IOException;
}
