package io.aircheck.storage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.store.EvidenceStore.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskEvidenceTest {
  private static final int MANY = 1_000_000;

  /** A piece, its description included, has a little more than its content. */
  private static final int PIECE = 1_000;

  @TempDir private Path folder;
  @TempDir private Path work;

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(work, "piece", ""), content);
  }

  private static String content(DiskEvidence evidence, String incident, String name)
      throws IOException {
    try (InputStream in = evidence.open(incident, name).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void put(DiskEvidence evidence, String incident, int bytes) throws IOException {
    evidence.put(incident, "clip.mp4", "video/mp4", 5, file("x".repeat(bytes)));
  }

  @Test
  void put_pieces_areListedByTimeAndReadBack() throws Exception {
    DiskEvidence evidence = new DiskEvidence(folder, MANY);
    Path at = file("at");
    evidence.put("i~1", "at.jpg", "image/jpeg", 20, at);
    evidence.put("i~1", "before.jpg", "image/jpeg", 10, file("before"));
    // Its name is that of a description without its dot.
    evidence.put("i~1", "curves.json", "application/json", 30, file("{}"));

    assertThat(evidence.list("i~1"))
        .containsExactly(
            new Item("i~1", "before.jpg", "image/jpeg", 6, 10),
            new Item("i~1", "at.jpg", "image/jpeg", 2, 20),
            new Item("i~1", "curves.json", "application/json", 2, 30));
    assertThat(content(evidence, "i~1", "curves.json")).isEqualTo("{}");
    assertThat(at).doesNotExist();
    assertThat(evidence.list("i~2")).isEmpty();
    assertThat(evidence.open("i~1", "clip.mp4")).isEmpty();
  }

  @Test
  void put_sameName_replacesTheFirst() throws Exception {
    DiskEvidence evidence = new DiskEvidence(folder, MANY);
    evidence.put("i", "at.jpg", "image/jpeg", 20, file("first"));

    evidence.put("i", "at.jpg", "image/jpeg", 21, file("second"));

    assertThat(evidence.list("i")).containsExactly(new Item("i", "at.jpg", "image/jpeg", 6, 21));
    assertThat(content(evidence, "i", "at.jpg")).isEqualTo("second");
  }

  @Test
  void put_moreThanAllowed_removesWhatGotEvidenceFirst() throws Exception {
    DiskEvidence evidence = new DiskEvidence(folder, 3 * PIECE);
    put(evidence, "a", PIECE - 200);
    put(evidence, "b", PIECE - 200);
    // Replaced, so that it is younger than b, and not counted twice.
    put(evidence, "a", PIECE - 200);
    put(evidence, "c", PIECE - 200);
    assertThat(evidence.list("b")).hasSize(1);

    put(evidence, "d", PIECE - 200);

    assertThat(evidence.list("b")).isEmpty();
    assertThat(evidence.list("a")).hasSize(1);
    assertThat(evidence.list("d")).hasSize(1);
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
  void put_largerThanAllAllowed_isKeptAlone() throws Exception {
    DiskEvidence evidence = new DiskEvidence(folder, PIECE);
    put(evidence, "a", 100);

    put(evidence, "b", 5 * PIECE);

    assertThat(evidence.list("a")).isEmpty();
    assertThat(evidence.list("b")).hasSize(1);
  }

  @Test
  void remove_incident_freesItsPlace() throws Exception {
    DiskEvidence evidence = new DiskEvidence(folder, 2 * PIECE);
    put(evidence, "a", PIECE - 200);
    put(evidence, "b", PIECE - 200);

    evidence.remove("b");
    evidence.remove("never-there");
    put(evidence, "c", PIECE - 200);

    assertThat(evidence.list("a")).hasSize(1);
    assertThat(evidence.list("c")).hasSize(1);
  }

  @Test
  void list_pieceWithoutDescription_isLeftOut() throws Exception {
    DiskEvidence evidence = new DiskEvidence(folder, MANY);
    put(evidence, "a", 10);
    Files.writeString(folder.resolve("a").resolve("after.jpg"), "cut off by a crash");

    assertThat(evidence.list("a")).extracting(Item::name).containsExactly("clip.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", ".hidden", "", "a\\b", "a b"})
  void anything_unsafeNames_leadNowhere(String name) throws Exception {
    DiskEvidence evidence = new DiskEvidence(folder, MANY);

    assertThatThrownBy(() -> evidence.put(name, "a", "x/y", 0, file("")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> evidence.put("a", name, "x/y", 0, file("")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> evidence.list(name)).isInstanceOf(IOException.class);
    assertThat(evidence.open("a", name)).isEmpty();
    assertThatThrownBy(() -> evidence.remove(name)).isInstanceOf(IOException.class);
  }
}
