package io.aircheck.notify.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.notify.IncidentSink;
import io.aircheck.notify.http.HttpReceiver;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What it does with brokers is tested with the jobs of Flink that use it. */
class KafkaSinkTest {
  @Test
  void open_nobodyThere_isOneLineWithoutSecrets() throws Exception {
    Map<String, String> settings =
        Map.of(
            "bootstrapServers", "127.0.0.1:" + HttpReceiver.freePort(),
            "topic", "incidents",
            "username", "ada",
            "password", "hunter2hunter2",
            "timeoutSeconds", "1");
    try (IncidentSink sink = new KafkaSink(settings)) {
      assertThatThrownBy(sink::open)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("topic incidents: TimeoutException: ")
          .hasMessageNotContainingAny("hunter2", "\n")
          .hasNoCause();
      assertThatThrownBy(() -> sink.take(new IncidentSink.Batch("1", List.of())))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void settings_thatAreWrong_areNamed() {
    Map<String, String> wrong = new HashMap<>(Map.of("bootstrapServers", "kafka:9092"));
    assertThatThrownBy(() -> new KafkaSink(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topic is missing");
    wrong.put("topic", "a b");
    assertThatThrownBy(() -> new KafkaSink(wrong)).hasMessageContaining("topic is no name");
  }
}
