package io.aircheck.app.serve.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.storage.files.DiskEvidence;
import io.aircheck.testkit.TestIncidents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  @TempDir private Path folder;

  private final IncidentStore incidents = new MemoryStore().incidents();

  private String closed(String stream, long openedMillis) {
    Incident incident = TestIncidents.incident(stream, openedMillis, Incident.State.CLOSED, 1);
    IncidentChange change = TestIncidents.change(IncidentChange.Type.OPENED, incident);
    incidents.commit(List.of(new Commit(stream, new byte[0], List.of(change), List.of())));
    return incident.id();
  }

  @Test
  void forgetBefore_manyOldAndANewOne_leavesTheNewOneAndItsEvidence() throws IOException {
    DiskEvidence evidence = new DiskEvidence(folder.resolve("evidence"), 1_000_000);
    String old = "";
    for (int i = 0; i < 250; i++) {
      old = closed("old" + i, 10_000);
    }
    String fresh = closed("fresh", 90_000);
    evidence.put(old, "at.jpg", "image/jpeg", 1, Files.writeString(folder.resolve("a"), "a"));
    evidence.put(fresh, "at.jpg", "image/jpeg", 1, Files.writeString(folder.resolve("b"), "b"));

    new Retention(incidents, evidence).forgetBefore(50_000);

    assertThat(incidents.closedBefore(Long.MAX_VALUE, 1000)).containsExactly(fresh);
    assertThat(evidence.list(old)).isEmpty();
    assertThat(evidence.list(fresh)).hasSize(1);
  }

  @Test
  void forgetBefore_evidenceThatCannotBeRemoved_keepsOnlyItsIncidentForTheNextTime()
      throws IOException {
    String old = closed("old", 10_000);
    String newer = closed("newer", 20_000);
    Removals evidence = new Removals();
    evidence.away.add(old);
    Retention retention = new Retention(incidents, evidence);

    assertThatThrownBy(() -> retention.forgetBefore(50_000)).hasMessage("disk is away");
    assertThat(incidents.find(old)).isPresent();
    assertThat(incidents.find(newer)).isEmpty();
    evidence.away.clear();
    retention.forgetBefore(50_000);

    assertThat(incidents.find(old)).isEmpty();
  }

  @Test
  void forgetBefore_killedBetweenEvidenceAndIncident_forgetsTheIncidentTheNextTime()
      throws IOException {
    String old = closed("old", 10_000);
    Removals evidence = new Removals();
    evidence.killAfterwards = true;
    Retention retention = new Retention(incidents, evidence);

    assertThatThrownBy(() -> retention.forgetBefore(50_000)).isInstanceOf(Killed.class);
    assertThat(evidence.removed).containsExactly(old);
    assertThat(incidents.find(old)).isPresent();
    evidence.killAfterwards = false;
    retention.forgetBefore(50_000);

    assertThat(incidents.find(old)).isEmpty();
  }

  /** What the end of a process looks like from inside. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Holds nothing: remembers what was removed, and fails as told. */
  private static final class Removals implements EvidenceStore {
    private final Set<String> away = new HashSet<>();
    private final List<String> removed = new ArrayList<>();
    private boolean killAfterwards;

    @Override
    public Item put(String incident, String name, String mediaType, long atMillis, Path file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Item> list(String incident) {
      return List.of();
    }

    @Override
    public Optional<InputStream> open(String incident, String name) {
      return Optional.empty();
    }

    @Override
    public void remove(String incident) throws IOException {
      if (away.contains(incident)) {
        throw new IOException("disk is away");
      }
      removed.add(incident);
      if (killAfterwards) {
        throw new Killed();
      }
    }
  }
}
