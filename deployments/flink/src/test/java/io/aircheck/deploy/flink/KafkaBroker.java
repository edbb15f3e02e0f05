package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker of Kafka in this JVM with a topic, which can be away for a while. Not thread-safe. */
public final class KafkaBroker implements AutoCloseable {
  /** A topic that is there. */
  public static final String TOPIC = "incidents";

  private static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConfig config;
  private final String address;
  private KafkaRaftServer server;

  /**
   * Starts it.
   *
   * @param folder where it keeps its log
   */
  public KafkaBroker(Path folder) throws Exception {
    try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket controller = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + broker.getLocalPort();
      config = config(folder, address, "127.0.0.1:" + controller.getLocalPort());
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
      admin.createTopics(Set.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
    }
  }

  private static KafkaConfig config(Path folder, String broker, String controller) {
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
            "PLAINTEXT://" + broker + ",CONTROLLER://" + controller,
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
    return KafkaConfig.fromProps(settings);
  }

  private KafkaRaftServer started() {
    KafkaRaftServer next = new KafkaRaftServer(config, Time.SYSTEM);
    next.startup();
    return next;
  }

  /** Where it is reached. */
  public String address() {
    return address;
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
   * Waits until there are so many records, and reads all that there are, of transactions that are
   * committed: those of a key in their order.
   */
  public List<ConsumerRecord<String, String>> read(int atLeast) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", address, "isolation.level", "read_committed");
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition(TOPIC, i));
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
