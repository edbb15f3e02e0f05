package io.aircheck.notify.kafka;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes channels to topics of Kafka. */
public final class KafkaFactory implements NotifierFactory {
  private static final Pattern SERVER = Pattern.compile("\\[?([^\\s,\\[\\]]+)\\]?:(\\d{1,5})");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  @Override
  public String type() {
    return "kafka";
  }

  @Override
  public List<ChannelSetting> settings() {
    return List.of(
        ChannelSetting.required(
            "bootstrapServers", "Brokers, as `host:port`, with commas between."),
        ChannelSetting.required("topic", "Topic to publish to."),
        ChannelSetting.withDefault(
            "security", "none", "`tls` or `none`: how connections are secured."),
        ChannelSetting.optional("username", "User of SASL authentication."),
        ChannelSetting.optional("password", "Its password.").asSecret(),
        ChannelSetting.withDefault(
            "mechanism", "scram-sha-512", "`plain`, `scram-sha-256` or `scram-sha-512`."),
        ChannelSetting.withDefault(
            "source", "aircheck", "Source of the events, a URI reference that names the service."),
        ChannelSetting.withDefault(
            "timeoutSeconds", "10", "Longest time until the brokers have the event."));
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    List<String> hosts = new ArrayList<>();
    for (String server : settings.text("bootstrapServers").split(",")) {
      Matcher parts = SERVER.matcher(server.strip());
      if (!parts.matches()) {
        throw settings.invalid(
            "bootstrapServers", "must be brokers such as kafka.example.com:9092");
      }
      hosts.add(parts.group(1));
    }
    String topic = settings.text("topic");
    if (!TOPIC.matcher(topic).matches()) {
      throw settings.invalid("topic", "is no name of a topic");
    }
    Duration timeout = settings.seconds("timeoutSeconds");
    Map<String, Object> configuration = configuration(settings, timeout);
    return new Kafka(
        () -> new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer()),
        hosts,
        topic,
        settings.text("source"),
        timeout,
        outbound);
  }

  private static Map<String, Object> configuration(ChannelSettings settings, Duration timeout) {
    Map<String, Object> configuration = new HashMap<>();
    configuration.put(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        settings.text("bootstrapServers").replaceAll("\\s", ""));
    configuration.put(ProducerConfig.CLIENT_ID_CONFIG, "aircheck");
    configuration.put(ProducerConfig.ACKS_CONFIG, "all");
    configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // One event at a time: there is nothing to wait for.
    configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis());
    configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    boolean tls = settings.word("security", List.of("tls", "none")).equals("tls");
    Optional<String> username = settings.find("username");
    String mechanism =
        settings
            .word("mechanism", List.of("plain", "scram-sha-256", "scram-sha-512"))
            .toUpperCase(Locale.ROOT);
    String protocol = (username.isPresent() ? "SASL_" : "") + (tls ? "SSL" : "PLAINTEXT");
    configuration.put("security.protocol", protocol);
    if (settings.find("password").isPresent() && username.isEmpty()) {
      throw settings.invalid("username", "is missing beside password");
    }
    username.ifPresent(
        user -> {
          configuration.put(SaslConfigs.SASL_MECHANISM, mechanism);
          String login = mechanism.equals("PLAIN") ? "plain.Plain" : "scram.Scram";
          configuration.put(
              SaslConfigs.SASL_JAAS_CONFIG,
              "org.apache.kafka.common.security.%sLoginModule required username=\"%s\" password=\"%s\";"
                  .formatted(login, quoted(user), quoted(settings.find("password").orElse(""))));
        });
    return configuration;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
