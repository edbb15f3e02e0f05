package io.aircheck.app.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.app.UsageException;
import io.aircheck.deploy.flink.viewers.ReportTopic;
import io.aircheck.testkit.KafkaBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job is given of a file, in front of brokers that ask who somebody is. */
@Tag("slow")
class FileViewersTest {
  private static final String TOPIC = "viewer-reports";
  private static final String USER = "job";
  private static final String PASSWORD = "correct-horse-\\";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private FileViewers viewers(String brokers) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
    Path file = folder.resolve("aircheck.yaml");
    return FileViewers.of(
        Files.writeString(
            file,
            """
            viewers:
              enabled: true
              kafka:
                bootstrapServers: %s
                topic: %s
                username: %s
                password: "${file:%s}"
              job:
                postgresql: {url: "postgresql://127.0.0.1:1/viewers", user: aircheck}
                folder: %s
            """
                .formatted(brokers, TOPIC, USER, secret, folder)));
  }

  private static String travelling(Object thing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(thing);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void password_staysInItsFile_andClientsFindItThere() throws Exception {
    try (KafkaBroker broker =
        new KafkaBroker(Files.createDirectories(folder.resolve("kafka")), TOPIC)) {
      broker.allow(USER, PASSWORD);
      FileViewers setup = viewers(broker.guardedAddress());
      assertThatCode(setup::check).doesNotThrowAnyException();

      ReportTopic topic = setup.topic();
      assertThat(travelling(topic)).doesNotContain("correct-horse");
      assertThat(travelling(setup)).doesNotContain("correct-horse");
      Map<String, Object> client = new HashMap<>(topic.client());
      try (Admin admin = Admin.create(client)) {
        assertThat(admin.listTopics().names().get()).contains(TOPIC);
      }
    }
  }

  @Test
  void password_thatBrokersRefuse_isToldBeforeTheJobIsSubmitted() throws Exception {
    try (KafkaBroker broker =
        new KafkaBroker(Files.createDirectories(folder.resolve("kafka")), TOPIC)) {
      broker.allow(USER, "another one");
      FileViewers setup = viewers(broker.guardedAddress());
      assertThatThrownBy(() -> checkAgainAndAgain(setup))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith(setup.file() + ": viewers.kafka: topic viewer-reports: ")
          .hasMessageContaining("check username, password and mechanism")
          .hasMessageNotContaining("correct-horse");
    }
  }

  /** Until it throws: brokers that take their time are as good as away, which is no refusal. */
  private static void checkAgainAndAgain(FileViewers setup) {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      setup.check();
    }
  }

  @Test
  void brokers_thatAreAway_areLeftToTheJob() throws Exception {
    assertThatCode(viewers("127.0.0.1:1")::check).doesNotThrowAnyException();
  }
}
