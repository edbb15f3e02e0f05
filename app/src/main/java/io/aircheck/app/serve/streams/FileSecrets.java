package io.aircheck.app.serve.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Tells clients of Kafka the secrets that a configuration file has or refers to, where they run: so
 * none of them is in a job.
 */
public final class FileSecrets implements ConfigProvider {
  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public ConfigData get(String file) {
    Map<String, String> values = new HashMap<>();
    new FileViewers(file)
        .client()
        .forEach((name, value) -> values.put(name, String.valueOf(value)));
    return new ConfigData(values);
  }

  @Override
  public ConfigData get(String file, Set<String> names) {
    Map<String, String> values = new HashMap<>(get(file).data());
    values.keySet().retainAll(names);
    return new ConfigData(values);
  }

  @Override
  public void close() {}
}
