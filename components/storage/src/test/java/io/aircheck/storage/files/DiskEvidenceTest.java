package io.aircheck.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.EvidenceStore.Item;
import io.aircheck.testkit.EvidenceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskEvidenceTest extends EvidenceContract {
  @TempDir private Path folder;

  @Override
  protected EvidenceStore open(long maxBytes) throws IOException {
    return new DiskEvidence(folder, maxBytes);
  }

  @Test
  void put_alreadyThereWhenItOpens_countsByAge() throws Exception {
    DiskEvidence before = new DiskEvidence(folder, MANY);
    put(before, "a", PIECE - 200);
    put(before, "b", PIECE - 200);
    Files.setLastModifiedTime(folder.resolve("a"), FileTime.fromMillis(2_000));
    Files.setLastModifiedTime(folder.resolve("b"), FileTime.fromMillis(1_000));

    DiskEvidence evidence = new DiskEvidence(folder, 2 * PIECE);
    put(evidence, "c", PIECE - 200);

    assertThat(evidence.list("b")).isEmpty();
    assertThat(evidence.list("a")).hasSize(1);
  }

  @Test
  void list_pieceWithoutDescription_isLeftOut() throws Exception {
    EvidenceStore evidence = new DiskEvidence(folder, MANY);
    put(evidence, "a", 10);
    Files.writeString(folder.resolve("a").resolve("after.jpg"), "cut off by a crash");

    assertThat(evidence.list("a")).extracting(Item::name).containsExactly("clip.mp4");
  }

  @Test
  void put_sameNameAgain_isCountedOnce() throws Exception {
    EvidenceStore evidence = open(2 * PIECE);
    put(evidence, "a", PIECE - 200);
    put(evidence, "b", PIECE - 200);

    put(evidence, "b", PIECE - 200);

    assertThat(evidence.list("a")).hasSize(1);
  }
}
