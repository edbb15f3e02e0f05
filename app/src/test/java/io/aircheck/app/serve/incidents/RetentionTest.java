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
import java.util.List;
import java.util.Optional;
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
  void forgetBefore_evidenceThatCannotBeRemoved_keepsItsIncidentForTheNextTime()
      throws IOException {
    String old = closed("old", 10_000);
    FailingOnce evidence = new FailingOnce();
    Retention retention = new Retention(incidents, evidence);

    assertThatThrownBy(() -> retention.forgetBefore(50_000)).hasMessage("disk is away");
    assertThat(incidents.find(old)).isPresent();
    retention.forgetBefore(50_000);

    assertThat(incidents.find(old)).isEmpty();
  }

  /** Holds nothing, and cannot be reached the first time. */
  private static final class FailingOnce implements EvidenceStore {
    private boolean reachable;

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
      if (!reachable) {
        reachable = true;
        throw new IOException("disk is away");
      }
    }
  }
}
