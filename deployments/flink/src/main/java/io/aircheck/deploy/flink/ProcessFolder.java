package io.aircheck.deploy.flink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Where a cluster on one machine keeps which processes it has.
 *
 * @param folder need not exist yet
 */
public record ProcessFolder(Path folder) {
  /** Property of the processes of a cluster that are in one: its path. */
  public static final String PROPERTY = "aircheck.cluster.processes";

  /** The one that this process is in; empty when there is none. */
  static Optional<ProcessFolder> ofThisProcess() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(folder -> new ProcessFolder(Path.of(folder)));
  }

  /** Remembers a process by its name in the cluster. */
  public void started(String name, ProcessHandle process) throws IOException {
    Files.writeString(folder.resolve(name), mark(process), StandardCharsets.US_ASCII);
  }

  /** Forgets it. */
  public void ended(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  /** Processes that are alive, by their names, in order. */
  public SequencedMap<String, ProcessHandle> alive() throws IOException {
    SequencedMap<String, ProcessHandle> alive = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return alive;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String mark = Files.readString(file, StandardCharsets.US_ASCII);
        find(mark).ifPresent(process -> alive.put(file.getFileName().toString(), process));
      }
    }
    return alive;
  }

  /** A number alone may belong to another process by now. */
  private static Optional<ProcessHandle> find(String mark) {
    int space = mark.indexOf(' ');
    if (space < 0) {
      // It is being written.
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(mark.substring(0, space)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> mark(process).equals(mark));
  }

  private static String mark(ProcessHandle process) {
    return process.pid()
        + " "
        + process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
