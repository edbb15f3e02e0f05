package io.aircheck.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.fact.FactTable;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.storage.parquet.FactEngine;
import io.aircheck.storage.parquet.FactFiles;
import io.aircheck.storage.parquet.FactFiles.Entry;
import io.aircheck.storage.parquet.FactLimits;
import io.aircheck.storage.parquet.ParquetFacts;
import io.aircheck.testkit.FactTableContract;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in a bucket keep to the same as those on a disk; and what becomes of their files. */
@Tag("slow")
class S3FactFilesTest extends FactTableContract {
  private static final Optional<S3Key> KEY = Optional.of(new S3Key("key", "s3cret-of-aws"));
  private static final FactLimits LIMITS = new FactLimits(128_000_000, 1, Duration.ofSeconds(60));

  @TempDir private Path folder;

  private final FakeClock clock = new FakeClock();
  private final List<FactEngine> engines = new ArrayList<>();
  private final Meter meter = new Meter();
  private final FakeS3 server;

  S3FactFilesTest() throws IOException {
    server = new FakeS3();
  }

  @AfterEach
  void close() {
    engines.forEach(FactEngine::close);
    server.close();
  }

  @Override
  protected FactTable open() {
    try {
      return open("one");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FactTable open(String machine) throws IOException {
    engines.add(new FactEngine(LIMITS, folder.resolve("spill")));
    return new ParquetFacts(
        LAYOUT, files(machine), folder.resolve(machine).resolve("table"), engines.getLast());
  }

  private S3FactFiles files(String machine) throws IOException {
    return files(machine, 1_000_000);
  }

  private S3FactFiles files(String machine, long maxBytes) throws IOException {
    return new S3FactFiles(Places.in(server), KEY, folder.resolve(machine), maxBytes, clock, meter);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "put", ""), content);
  }

  private static String content(FactFiles files, String name) throws IOException {
    return Files.readString(files.local(List.of(name)).values().iterator().next());
  }

  @Test
  void put_isThereForAnotherMachine() throws Exception {
    FactFiles one = files("one");
    assertThat(one.put("t/a", file("first"))).isEqualTo(new Entry("t/a", 5));
    one.put("t/b", file("b"));
    assertThat(files("other").list("t/")).as("not sent yet").isEmpty();
    one.tend();
    FactFiles other = files("other");
    assertThat(other.list("t/"))
        .containsExactlyInAnyOrder(new Entry("t/a", 5), new Entry("t/b", 1));
    assertThat(other.list("u/")).isEmpty();
    assertThat(content(other, "t/a")).isEqualTo("first");
    assertThat(other.local(List.of("t/a", "t/none"))).containsOnlyKeys("t/a");
    one.remove("t/a");
    assertThat(files("third").list("t/")).containsExactly(new Entry("t/b", 1));
  }

  @Test
  void requests_areMeteredWhenTheyAreMade_copiesCostNone() throws Exception {
    FactFiles one = files("one");
    one.put("t/a", file("first"));
    assertThat(meter.usage()).as("not sent yet").isEqualTo(Usage.NONE);
    one.tend();
    assertThat(meter.usage().amounts())
        .isEqualTo(Map.of(Quantity.OBJECT_WRITES, 1.0, Quantity.OBJECT_BYTES_WRITTEN, 5.0));
    Usage sent = meter.usage();

    FactFiles other = files("other");
    assertThat(content(other, "t/a")).isEqualTo("first");
    assertThat(content(other, "t/a")).as("from its copy").isEqualTo("first");

    assertThat(meter.usage().since(sent).amounts())
        .isEqualTo(Map.of(Quantity.OBJECT_READS, 1.0, Quantity.OBJECT_BYTES_READ, 5.0));
  }

  @Test
  void bucketThatIsAway_getsWhatWasPutLater() throws Exception {
    FactFiles files = files("one");
    files.put("t/a", file("first"));
    files.put("t/a", file("second"));
    server.fail(3);
    assertThatThrownBy(files::tend).hasMessageContaining("503");
    assertThat(content(files, "t/a")).isEqualTo("second");
    assertThat(files("other").list("t/")).isEmpty();

    // The process is killed; the next one of that folder knows what is not sent.
    FactFiles next = files("one");
    assertThat(next.list("t/")).containsExactly(new Entry("t/a", 6));
    next.tend();
    assertThat(content(files("other"), "t/a")).isEqualTo("second");
    server.fail(3);
    next.tend(); // has nothing to send, and asks nobody
    assertThatThrownBy(() -> next.list("t/")).hasMessageContaining("503");
  }

  @Test
  void copies_goWhenThereAreTooManyAndComeAgainWhenAskedFor() throws Exception {
    FactFiles one = files("one");
    for (String name : List.of("t/a", "t/b", "t/c")) {
      one.put(name, file("x".repeat(100)));
    }
    one.tend();
    FactFiles small = files("small", 250);
    small.local(List.of("t/a"));
    clock.advance(Duration.ofHours(1));
    small.local(List.of("t/b"));
    clock.advance(Duration.ofHours(1));
    small.local(List.of("t/c"));
    assertThat(folder.resolve("small/copies/t/a")).doesNotExist();
    assertThat(folder.resolve("small/copies/t/b")).exists();
    assertThat(content(small, "t/a")).hasSize(100);
    assertThat(folder.resolve("small/copies/t/b")).doesNotExist();
    assertThat(folder.resolve("small/copies/t/c")).as("in use lately").exists();
  }

  @Test
  void committed_isThereForAMachineThatHasNothingElse() throws Exception {
    try (FactTable table = open()) {
      table.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 1), fact(FIRST, 2, "b", "DE", 2)));
      table.commit(FIRST);
      table.erase("visitor", 1);
    }
    try (FactTable other = open("other")) {
      assertThat(other.ask(question("page"))).containsExactly(line(FIRST, List.of("b"), 1, 2, 1));
      other.stage(FIRST, List.of(fact(FIRST, 3, "b", "DE", 4)));
      other.commit(FIRST);
      files("other").tend();
    }
    try (FactTable table = open()) {
      assertThat(table.ask(question())).containsExactly(line(FIRST, List.of(), 2, 6, 2));
    }
  }

  @Test
  void erasedWhileTheBucketIsAway_isNotOver() throws Exception {
    try (FactTable table = open()) {
      table.stage(FIRST, List.of(fact(FIRST, 1, "a", "DE", 1), fact(FIRST, 2, "b", "DE", 2)));
      table.commit(FIRST);
      table.erase("visitor", 9); // sends what is committed
      server.fail(3);
      assertThatThrownBy(() -> table.erase("visitor", 1)).hasMessageContaining("503");
      assertThat(table.erase("visitor", 1)).as("it was, here").isFalse();
    }
    try (FactTable other = open("other")) {
      assertThat(other.ask(question("page"))).containsExactly(line(FIRST, List.of("b"), 1, 2, 1));
    }
  }
}
