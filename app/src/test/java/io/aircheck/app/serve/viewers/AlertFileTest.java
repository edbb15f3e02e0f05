package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.alert.AlertState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertFileTest {
  private static final long LAST = 1_800_000_000_000L;
  private static final long NOW = LAST + 60_000;
  private static final AlertState STATE = new AlertState(LAST, Map.of(), List.of());

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();

  private AlertFile file(ZoneId zone) {
    return new AlertFile(folder.resolve("viewer-alerts/learnt"), zone, 10_000, told::add);
  }

  @Test
  void state_thatWasWritten_isThereAgain() throws IOException {
    file(ZoneOffset.UTC).write(AlertState.FIRST);
    file(ZoneOffset.UTC).write(STATE);

    assertThat(file(ZoneOffset.UTC).read(NOW)).isEqualTo(STATE);
    assertThat(told).isEmpty();
  }

  @Test
  void veryFirstStart_findsNothingAndSaysNothing() {
    assertThat(file(ZoneOffset.UTC).read(NOW)).isEqualTo(AlertState.FIRST);
    assertThat(told).isEmpty();
  }

  @Test
  void fileOfSomethingElse_isToldAndPutAside() throws IOException {
    Path file = Files.createDirectories(folder.resolve("viewer-alerts")).resolve("learnt");
    Files.writeString(file, "shopping list: bread, butter, jam");

    assertThat(file(ZoneOffset.UTC).read(NOW)).isEqualTo(AlertState.FIRST);
    assertThat(told).hasSize(1);
    assertThat(told.getFirst())
        .contains("learnt anew", "no file of what is usual", "kept as", "learnt.unused");
    assertThat(folder.resolve("viewer-alerts/learnt.unused")).exists();
    file(ZoneOffset.UTC).write(STATE);
    assertThat(file(ZoneOffset.UTC).read(NOW)).isEqualTo(STATE);
  }

  @Test
  void hoursOfAnotherZone_areLearntAnew() throws IOException {
    file(ZoneOffset.UTC).write(STATE);

    assertThat(file(ZoneId.of("Europe/Berlin")).read(NOW)).isEqualTo(AlertState.FIRST);
    assertThat(told.getFirst()).contains("hours of Z", "hours of Europe/Berlin");
  }

  @Test
  void stateOfATimeToCome_isNotTaken() throws IOException {
    file(ZoneOffset.UTC).write(STATE);

    assertThat(file(ZoneOffset.UTC).read(LAST - 1)).isEqualTo(AlertState.FIRST);
    assertThat(told.getFirst()).contains("still to come");
  }
}
