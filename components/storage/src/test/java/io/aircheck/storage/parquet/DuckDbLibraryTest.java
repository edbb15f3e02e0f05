package io.aircheck.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DuckDbLibraryTest {
  private static final long NOW = 1_800_000_000_000L;

  @TempDir private Path folder;

  @Test
  void copiesThatAreOld_goAndOthersStay() throws Exception {
    Path old = touched("libduckdb_java12.so", NOW - 3_700_000);
    Path young = touched("libduckdb_java34.so", NOW - 60_000);
    Path other = touched("libother56.so", NOW - 3_700_000);
    DuckDbLibrary.removeCopies(folder, NOW);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void copyThatIsLoaded_isOfNoUseAnyMore() throws Exception {
    try (DuckDb database = new DuckDb("test", folder, 128_000_000, 1)) {
      database.execute("SELECT 1");
    }
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(maps.filter(line -> line.contains("libduckdb_java")))
          .isNotEmpty()
          .allMatch(line -> line.endsWith(" (deleted)"));
    }
  }

  private Path touched(String name, long millis) throws Exception {
    Path file = Files.createFile(folder.resolve(name));
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    return file;
  }
}
