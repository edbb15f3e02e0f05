package io.aircheck.notify.kafka;

import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A topic, and how to reach its brokers. Immutable; does not connect by itself. */
final class KafkaConnection {
  /** What can be set. */
  static final List<ChannelSetting> SETTINGS =
      List.of(
          ChannelSetting.required(
              "bootstrapServers", "Brokers, as `host:port`, with commas between."),
          ChannelSetting.required("topic", "Topic to publish to."),
          ChannelSetting.withDefault(
              "security", "none", "`tls` or `none`: how connections are secured."),
          ChannelSetting.optional(
              "certificates",
              "File (PEM) of the authorities that brokers are trusted by; left out, those that Java"
                  + " trusts."),
          ChannelSetting.optional("username", "User of SASL authentication."),
          ChannelSetting.optional("password", "Its password.").asSecret(),
          ChannelSetting.withDefault(
              "mechanism", "scram-sha-512", "`plain`, `scram-sha-256` or `scram-sha-512`."),
          ChannelSetting.withDefault(
              "source",
              "aircheck",
              "Source of the events, a URI reference that names the service."),
          ChannelSetting.withDefault(
              "timeoutSeconds", "10", "Longest time until the brokers have the event."));

  private static final Pattern SERVER = Pattern.compile("\\[?([^\\s,\\[\\]]+)\\]?:(\\d{1,5})");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  private final List<String> hosts = new ArrayList<>();
  private final String topic;
  private final String source;
  private final Duration timeout;
  private final Map<String, Object> client;

  /**
   * @throws IllegalArgumentException for a setting that is not valid
   */
  KafkaConnection(ChannelSettings settings) {
    for (String server : settings.text("bootstrapServers").split(",")) {
      Matcher parts = SERVER.matcher(server.strip());
      if (!parts.matches()) {
        throw settings.invalid(
            "bootstrapServers", "must be brokers such as kafka.example.com:9092");
      }
      hosts.add(parts.group(1));
    }
    topic = settings.text("topic");
    if (!TOPIC.matcher(topic).matches()) {
      throw settings.invalid("topic", "is no name of a topic");
    }
    source = settings.text("source");
    timeout = settings.seconds("timeoutSeconds");
    client = client(settings);
  }

  private static Map<String, Object> client(ChannelSettings settings) {
    Map<String, Object> client = new HashMap<>();
    client.put(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        settings.text("bootstrapServers").replaceAll("\\s", ""));
    client.put(ProducerConfig.CLIENT_ID_CONFIG, "aircheck");
    boolean tls = settings.word("security", List.of("tls", "none")).equals("tls");
    Optional<String> username = settings.find("username");
    String mechanism =
        settings
            .word("mechanism", List.of("plain", "scram-sha-256", "scram-sha-512"))
            .toUpperCase(Locale.ROOT);
    String protocol = (username.isPresent() ? "SASL_" : "") + (tls ? "SSL" : "PLAINTEXT");
    client.put("security.protocol", protocol);
    if (settings.find("password").isPresent() && username.isEmpty()) {
      throw settings.invalid("username", "is missing beside password");
    }
    settings
        .find("certificates")
        .ifPresent(file -> client.putAll(trusted(settings, tls, Path.of(file))));
    username.ifPresent(
        user -> {
          checkOneLine(settings, "username", user);
          checkOneLine(settings, "password", settings.find("password").orElse(""));
          client.put(SaslConfigs.SASL_MECHANISM, mechanism);
          String login = mechanism.equals("PLAIN") ? "plain.Plain" : "scram.Scram";
          client.put(
              SaslConfigs.SASL_JAAS_CONFIG,
              "org.apache.kafka.common.security.%sLoginModule required username=\"%s\" password=\"%s\";"
                  .formatted(login, quoted(user), quoted(settings.find("password").orElse(""))));
        });
    return client;
  }

  private static Map<String, Object> trusted(ChannelSettings settings, boolean tls, Path file) {
    if (!tls) {
      throw settings.invalid("certificates", "is of no use without security: tls");
    }
    if (!Files.isReadable(file)) {
      throw settings.invalid("certificates", "is no file that can be read: " + file);
    }
    return Map.of(
        SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
        "PEM",
        SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
        file.toString());
  }

  /** What is read as a line of a file may still have its end. */
  private static void checkOneLine(ChannelSettings settings, String name, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw settings.invalid(name, "has a line break or another control character in it");
    }
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Brokers to begin with. */
  List<String> hosts() {
    return List.copyOf(hosts);
  }

  String topic() {
    return topic;
  }

  /** Source of the events. */
  String source() {
    return source;
  }

  /** Longest time until the brokers have something. */
  Duration timeout() {
    return timeout;
  }

  /** What any client is set up by; with secrets. */
  Map<String, Object> client() {
    return Map.copyOf(client);
  }

  /**
   * Makes a producer, which looks the brokers up.
   *
   * @param more settings beside the usual ones
   */
  Producer<String, byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Few events: there is nothing to wait for.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
    settings.putAll(more);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** What went wrong and what to do, one line; may hold what the other side echoes. */
  static String words(@Nullable Throwable failure) {
    if (failure == null) {
      return "failed";
    }
    // The producer wraps what went wrong at its making.
    Throwable inner = failure.getCause() instanceof KafkaException cause ? cause : failure;
    return inner.getClass().getSimpleName() + ": " + inner.getMessage() + advice(inner);
  }

  private static String advice(Throwable failure) {
    return switch (failure) {
      case SslAuthenticationException e -> "; check security, certificates and the brokers' names";
      case AuthenticationException e -> "; check username, password and mechanism";
      case AuthorizationException e -> "; check what brokers allow this user";
      case TimeoutException e -> "; check bootstrapServers, security, and that the topic is there";
      default -> "";
    };
  }
}
