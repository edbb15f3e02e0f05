package io.aircheck.deploy.isolated;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts children as JVMs like this one: the same executable, class path and flags, but for the
 * bound of the heap and what only one process can have. Nothing secret is on the command line.
 */
public final class JvmLauncher implements ChildLauncher {
  private static final List<String> NOT_INHERITED =
      List.of(
          "-Xmx",
          "-Xms",
          "-Xrs",
          "-agent",
          "-javaagent",
          "-Xdebug",
          "-XX:AOTCacheOutput",
          "-XX:MaxRAM",
          "-XX:InitialRAM",
          "-XX:ErrorFile",
          "-XX:HeapDump");

  /** Heap that a child begins with, bytes. */
  private static final long FIRST_HEAP = 32_000_000;

  private final List<String> command;

  /**
   * @param mainClass serves a {@link Child} over its standard streams
   * @param heapBytes bound of the heap of each child
   */
  public JvmLauncher(Class<?> mainClass, long heapBytes) {
    this.command = command(mainClass.getName(), heapBytes);
  }

  private static List<String> command(String mainClass, long heapBytes) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (NOT_INHERITED.stream().noneMatch(flag::startsWith)) {
        words.add(flag);
      }
    }
    words.add("-Xmx" + heapBytes);
    // What lives long is small: a heap that begins as large as the machine suggests stays so.
    words.add("-Xms" + Math.min(heapBytes, FIRST_HEAP));
    // Whoever has no memory left cannot be relied on: better dead, and started again.
    words.add("-XX:+ExitOnOutOfMemoryError");
    // Standard output belongs to the messages; a crash is described where its words are kept.
    words.add("-XX:+DisplayVMOutputToStderr");
    words.add("-XX:+ErrorFileToStderr");
    words.add("-XX:-CreateCoredumpOnCrash");
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(mainClass);
    return List.copyOf(words);
  }

  @Override
  public Launched launch() throws IOException {
    return new Jvm(new ProcessBuilder(command).start());
  }

  private record Jvm(Process process) implements Launched {
    @Override
    public OutputStream toChild() {
      return process.getOutputStream();
    }

    @Override
    public InputStream fromChild() {
      return process.getInputStream();
    }

    @Override
    public InputStream errors() {
      return process.getErrorStream();
    }

    @Override
    public int awaitEnd() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public void kill() {
      process.destroyForcibly();
    }

    @Override
    public String name() {
      return "process " + process.pid();
    }
  }
}
