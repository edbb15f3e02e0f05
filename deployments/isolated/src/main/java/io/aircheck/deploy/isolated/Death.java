package io.aircheck.deploy.isolated;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a child came to its end.
 *
 * @param child what an operator calls it, such as {@code process 4711}
 * @param reason in words, such as {@code killed by signal 11 (SIGSEGV)}
 * @param lastWords last lines of its standard error, or the beginning of the JVM's crash report
 * @param thread name of the thread that crashed, where that is known
 */
public record Death(String child, String reason, List<String> lastWords, Optional<String> thread) {
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15,
          "SIGTERM");

  /** What the JVM ends with when {@code -XX:+ExitOnOutOfMemoryError} strikes. */
  private static final int OUT_OF_MEMORY = 3;

  public Death {
    lastWords = List.copyOf(lastWords);
  }

  /** An exit status in words. */
  static String words(int status) {
    if (status == OUT_OF_MEMORY) {
      return "out of memory (exit status 3)";
    }
    int signal = status - 128;
    return signal > 0
        ? "killed by signal %d%s"
            .formatted(signal, SIGNALS.containsKey(signal) ? " (" + SIGNALS.get(signal) + ")" : "")
        : "exit status " + status;
  }

  /**
   * The stream whose thread crashed: threads are named after their streams.
   *
   * @param streams ids of the streams that the child ran
   */
  Optional<String> culprit(Collection<String> streams) {
    return thread.flatMap(
        name ->
            streams.stream()
                .filter(
                    stream ->
                        name.equals("aircheck-" + stream)
                            || name.startsWith("aircheck-" + stream + "-"))
                .max(Comparator.comparingInt(String::length)));
  }
}
