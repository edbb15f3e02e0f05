package io.aircheck.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker of Kafka in this JVM with topics, which can be away for a while. Of its two listeners
 * one takes everybody. Not thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final int PARTITIONS = 3;
  private static final int ITERATIONS = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Who may use the second listener by the mechanism PLAIN. */
  public static final String PLAIN_USER = "plain-user";

  /** Password of that. */
  public static final String PLAIN_PASSWORD = "plain \"pass\\word\"";

  private static final String LOGIN = "org.apache.kafka.common.security.%sLoginModule required%s;";

  private final KafkaConfig config;
  private final String address;
  private final String guardedAddress;
  private KafkaRaftServer server;

  /**
   * Starts it.
   *
   * @param folder where it keeps its log
   * @param topics that there are
   */
  public KafkaBroker(Path folder, String... topics) throws Exception {
    this(folder, Optional.empty(), topics);
  }

  /**
   * Starts it.
   *
   * @param folder where it keeps its log
   * @param certificate by which it secures its second listener; empty: nothing does
   * @param topics that there are
   */
  public KafkaBroker(Path folder, Optional<HostCertificate> certificate, String... topics)
      throws Exception {
    try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket guarded = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket controller = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + broker.getLocalPort();
      guardedAddress = "127.0.0.1:" + guarded.getLocalPort();
      Properties settings = settings(folder, "127.0.0.1:" + controller.getLocalPort());
      settings.putAll(guarded(certificate));
      config = KafkaConfig.fromProps(settings);
    }
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setDirectories(List.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .run();
    server = started();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin
          .createTopics(
              Stream.of(topics).map(topic -> new NewTopic(topic, PARTITIONS, (short) 1)).toList())
          .all()
          .get();
    }
  }

  private Properties settings(Path folder, String controller) {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            "1",
            "controller.quorum.voters",
            "1@" + controller,
            "controller.listener.names",
            "CONTROLLER",
            "listeners",
            "PLAINTEXT://%s,GUARDED://%s,CONTROLLER://%s"
                .formatted(address, guardedAddress, controller),
            "log.dirs",
            folder.toString()));
    settings.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "auto.create.topics.enable", "false"));
    return settings;
  }

  /** The listener that asks who somebody is. */
  private static Map<String, String> guarded(Optional<HostCertificate> certificate) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:"
            + (certificate.isPresent() ? "SASL_SSL" : "SASL_PLAINTEXT"));
    settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
    String password = PLAIN_PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"");
    settings.put(
        "listener.name.guarded.plain.sasl.jaas.config",
        LOGIN.formatted("plain.Plain", " user_%s=\"%s\"".formatted(PLAIN_USER, password)));
    for (String mechanism : List.of("scram-sha-256", "scram-sha-512")) {
      settings.put(
          "listener.name.guarded." + mechanism + ".sasl.jaas.config",
          LOGIN.formatted("scram.Scram", ""));
    }
    certificate.ifPresent(
        own -> {
          settings.put("listener.name.guarded.ssl.keystore.type", "PKCS12");
          settings.put("listener.name.guarded.ssl.keystore.location", own.store().toString());
          settings.put("listener.name.guarded.ssl.keystore.password", HostCertificate.PASSWORD);
          settings.put("listener.name.guarded.ssl.key.password", HostCertificate.PASSWORD);
        });
    return settings;
  }

  private KafkaRaftServer started() {
    KafkaRaftServer next = new KafkaRaftServer(config, Time.SYSTEM);
    next.startup();
    return next;
  }

  /** Its address, as {@code host:port}. */
  public String address() {
    return address;
  }

  /** Address of the listener that asks who somebody is, by SASL, as {@code host:port}. */
  public String guardedAddress() {
    return guardedAddress;
  }

  /** From now on this is the password of a user of that listener, by SCRAM. */
  public void allow(String user, String password) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      for (ScramMechanism mechanism :
          List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
        ScramCredentialInfo kind = new ScramCredentialInfo(mechanism, ITERATIONS);
        UserScramCredentialAlteration upsertion =
            new UserScramCredentialUpsertion(user, kind, password);
        admin.alterUserScramCredentials(List.of(upsertion)).all().get();
      }
    }
  }

  /**
   * Makes a topic whose records keep the times that they are given, however far away.
   *
   * @param partitions how many it has
   */
  public void create(String topic, int partitions) throws Exception {
    NewTopic made =
        new NewTopic(topic, partitions, (short) 1)
            .configs(
                Map.of(
                    "message.timestamp.after.max.ms",
                    Long.toString(Long.MAX_VALUE),
                    "retention.ms",
                    "-1"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin.createTopics(Set.of(made)).all().get();
    }
  }

  /** Goes away. */
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Comes back, with what it knew. */
  public void start() {
    server = started();
  }

  /**
   * Waits until there are so many records in a topic, and reads all that there are, of transactions
   * that are committed: those of a key in their order.
   */
  public List<ConsumerRecord<String, String>> read(String topic, int atLeast) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", address, "isolation.level", "read_committed");
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition(topic, i));
    }
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Consumer<String, String> reader =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      while (System.nanoTime() < deadline
          && (records.size() < atLeast || !hasReadAll(reader, partitions))) {
        reader.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static boolean hasReadAll(
      Consumer<String, String> reader, List<TopicPartition> partitions) {
    return reader.endOffsets(partitions).entrySet().stream()
        .allMatch(end -> reader.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
