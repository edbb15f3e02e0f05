package io.aircheck.experience.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.engine.Collector.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogBodiesTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private LogProcess process;

  @SuppressWarnings("NullAway.Init")
  private LogBodies bodies;

  @BeforeEach
  void start() throws Exception {
    process = new LogProcess(folder);
    bodies = process.bodies();
  }

  @AfterEach
  void stop() throws Exception {
    process.close();
  }

  private Answer take(String lines) {
    return bodies.take(lines.getBytes(StandardCharsets.UTF_8));
  }

  private static String many(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(LogProcess.line("s" + i));
    }
    return lines.toString();
  }

  @Test
  void body_isTakenWithItsLastLine() throws Exception {
    assertThat(take(LogProcess.lines("a", "b").strip() + "\nno line"))
        .isEqualTo(new Answer.Taken(2, 1));

    assertThat(process.sessions()).containsExactly("a", "b");
    assertThat(bodies.intake().lines()).isEqualTo(3);
  }

  @Test
  void bodyThatComesAgain_isTakenOnce() throws Exception {
    take(LogProcess.lines("a"));

    assertThat(take(LogProcess.lines("a"))).isEqualTo(new Answer.Taken(0, 0));

    assertThat(process.sessions()).containsExactly("a");
  }

  @Test
  void bodyWhoseAnswerAKillPrevented_isTakenOnce() throws Exception {
    take(LogProcess.lines("a"));
    process.save(bodies.intake());
    take(many(3000));
    process.close();
    process = new LogProcess(folder);
    bodies = process.bodies();

    assertThat(take(many(3000))).isEqualTo(new Answer.Taken(0, 0));
    assertThat(take(LogProcess.lines("a"))).isEqualTo(new Answer.Taken(0, 0));

    assertThat(process.sessions()).hasSize(3001).doesNotHaveDuplicates();
  }

  @Test
  void bodyThatCannotBeKept_isRefused() throws Exception {
    process.full(true);
    assertThat(take(LogProcess.lines("a"))).isEqualTo(new Answer.Unavailable("the disk is full"));

    process.full(false);
    take(LogProcess.lines("a"));

    assertThat(process.sessions()).containsExactly("a");
  }
}
