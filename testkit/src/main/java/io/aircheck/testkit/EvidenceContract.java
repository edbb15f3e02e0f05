package io.aircheck.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.EvidenceStore.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link EvidenceStore} keeps to. */
public abstract class EvidenceContract {
  protected static final int MANY = 1_000_000;

  /** A piece, its description included, has a little more than its content. */
  protected static final int PIECE = 1_000;

  @TempDir private Path work;

  /**
   * Opens the store, with what it was left with.
   *
   * @param maxBytes most that it keeps
   */
  protected abstract EvidenceStore open(long maxBytes) throws IOException;

  protected Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(work, "piece", ""), content);
  }

  private static String content(EvidenceStore evidence, String incident, String name)
      throws IOException {
    try (InputStream in = evidence.open(incident, name).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  protected void put(EvidenceStore evidence, String incident, int bytes) throws IOException {
    evidence.put(incident, "clip.mp4", "video/mp4", 5, file("x".repeat(bytes)));
  }

  @Test
  void put_pieces_areListedByTimeAndReadBack() throws Exception {
    EvidenceStore evidence = open(MANY);
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
    EvidenceStore evidence = open(MANY);
    evidence.put("i", "at.jpg", "image/jpeg", 20, file("first"));

    evidence.put("i", "at.jpg", "image/jpeg", 21, file("second"));

    assertThat(evidence.list("i")).containsExactly(new Item("i", "at.jpg", "image/jpeg", 6, 21));
    assertThat(content(evidence, "i", "at.jpg")).isEqualTo("second");
  }

  @Test
  void put_moreThanAllowed_removesWhatGotEvidenceFirst() throws Exception {
    EvidenceStore evidence = open(3 * PIECE);
    put(evidence, "a", PIECE - 200);
    put(evidence, "b", PIECE - 200);
    // More of it, so that it is younger than b.
    evidence.put("a", "at.jpg", "image/jpeg", 6, file("x"));
    put(evidence, "c", PIECE - 200);
    assertThat(evidence.list("b")).hasSize(1);

    put(evidence, "d", PIECE - 200);

    assertThat(evidence.list("b")).isEmpty();
    assertThat(evidence.list("a")).hasSize(2);
    assertThat(evidence.list("d")).hasSize(1);
  }

  @Test
  void put_afterItWasOpenedAnew_countsWhatWasThere() throws Exception {
    EvidenceStore before = open(MANY);
    put(before, "a", PIECE - 200);
    before.close();

    EvidenceStore evidence = open(2 * PIECE);
    assertThat(evidence.list("a")).hasSize(1);
    put(evidence, "b", PIECE - 200);
    put(evidence, "c", PIECE - 200);

    assertThat(evidence.list("a")).isEmpty();
    assertThat(evidence.list("c")).hasSize(1);
  }

  @Test
  void put_largerThanAllAllowed_isKeptAlone() throws Exception {
    EvidenceStore evidence = open(PIECE);
    put(evidence, "a", 100);

    put(evidence, "b", 5 * PIECE);

    assertThat(evidence.list("a")).isEmpty();
    assertThat(evidence.list("b")).hasSize(1);
  }

  @Test
  void remove_incident_freesItsPlace() throws Exception {
    EvidenceStore evidence = open(2 * PIECE);
    put(evidence, "a", PIECE - 200);
    put(evidence, "b", PIECE - 200);

    evidence.remove("b");
    evidence.remove("never-there");
    put(evidence, "c", PIECE - 200);

    assertThat(evidence.list("a")).hasSize(1);
    assertThat(evidence.list("c")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", ".hidden", "", "a\\b", "a b"})
  void anything_unsafeNames_leadNowhere(String name) throws Exception {
    EvidenceStore evidence = open(MANY);

    assertThatThrownBy(() -> evidence.put(name, "a", "x/y", 0, file("")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> evidence.put("a", name, "x/y", 0, file("")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> evidence.list(name)).isInstanceOf(IOException.class);
    assertThat(evidence.open("a", name)).isEmpty();
    assertThatThrownBy(() -> evidence.remove(name)).isInstanceOf(IOException.class);
  }
}
