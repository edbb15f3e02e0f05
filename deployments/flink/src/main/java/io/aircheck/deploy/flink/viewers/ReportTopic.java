package io.aircheck.deploy.flink.viewers;

import java.io.Serializable;
import java.util.Map;

/**
 * The topic that collectors write to.
 *
 * @param name of the topic
 * @param group consumer group under which the job tells how far it is
 * @param client what clients of the brokers are set up by; travels with the job, so secrets are
 *     references that a provider of configuration resolves where the client is
 */
public record ReportTopic(String name, String group, Map<String, String> client)
    implements Serializable {
  public ReportTopic {
    client = Map.copyOf(client);
  }
}
