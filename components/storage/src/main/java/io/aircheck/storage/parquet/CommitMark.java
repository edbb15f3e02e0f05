package io.aircheck.storage.parquet;

import io.aircheck.core.fact.FactTable;
import io.aircheck.core.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What a process must know of those before it in the same folder: their common name, and the latest
 * batch that they committed. In a file of two lines that is replaced as a whole. Not thread-safe.
 */
final class CommitMark {
  private static final int NAME_LENGTH = 12;

  private final Path file;
  private final String writer;
  private long batchMillis = FactTable.NOTHING;

  /**
   * Reads the mark of a folder, or begins one.
   *
   * @throws IOException when it cannot be read, or is damaged
   */
  CommitMark(Path folder) throws IOException {
    file = folder.resolve("committed");
    if (!Files.exists(file)) {
      writer = UUID.randomUUID().toString().replace("-", "").substring(0, NAME_LENGTH);
      write();
      return;
    }
    String[] lines = Files.readString(file).split("\n");
    if (lines.length != 2 || !lines[0].matches("[a-z0-9]+") || !lines[1].matches("-?\\d+")) {
      throw new IOException(file + " is damaged; remove it together with the folder it is in");
    }
    writer = lines[0];
    batchMillis = Long.parseLong(lines[1]);
  }

  /** The name that files of this folder have. */
  String writer() {
    return writer;
  }

  long batchMillis() {
    return batchMillis;
  }

  /** A batch is committed: when this returns, every later process knows. */
  void move(long toMillis) throws IOException {
    long before = batchMillis;
    batchMillis = toMillis;
    try {
      write();
    } catch (IOException e) {
      batchMillis = before;
      throw e;
    }
  }

  private void write() throws IOException {
    AtomicFile.write(file, (writer + "\n" + batchMillis + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
