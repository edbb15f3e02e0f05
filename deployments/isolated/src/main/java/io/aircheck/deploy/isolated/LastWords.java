package io.aircheck.deploy.isolated;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a child said to people before it died: the latest lines, or the beginning of the JVM's
 * report of a crash, which goes on for hundreds of lines that concern nobody. Thread-safe.
 */
final class LastWords {
  private static final int KEPT = 40;
  private static final String CRASH = "# A fatal error has been detected";

  /** From here on it is memory, and may be anybody's. */
  private static final String MEMORY = "Registers:";

  /** How the JVM says what happened. */
  private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG[A-Z]+|EXCEPTION_\\w+)\\b.*");

  /** How the JVM names the thread that crashed. */
  private static final Pattern THREAD =
      Pattern.compile("^Current thread \\(0x[0-9a-f]+\\):\\s+JavaThread \"(.*)\"\\s.*");

  private final Deque<String> lines = new ArrayDeque<>();
  private boolean crashed;
  private boolean enough;
  private Optional<String> signal = Optional.empty();
  private Optional<String> thread = Optional.empty();

  /** Listens to the end. */
  void listen(InputStream errors) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      // It is gone; what was heard is kept.
    }
  }

  private synchronized void add(String line) {
    Matcher named = THREAD.matcher(line);
    if (crashed && named.matches()) {
      thread = Optional.of(named.group(1));
    }
    if (!crashed && line.startsWith(CRASH)) {
      crashed = true;
      lines.clear();
    }
    Matcher said = SIGNAL.matcher(line);
    if (crashed && signal.isEmpty() && said.matches()) {
      signal = Optional.of(said.group(1));
    }
    enough |= crashed && (lines.size() >= KEPT || line.startsWith(MEMORY));
    if (enough) {
      return;
    }
    lines.addLast(line);
    if (lines.size() > KEPT) {
      lines.removeFirst();
    }
  }

  /** The lines kept, oldest first. */
  synchronized List<String> lines() {
    return new ArrayList<>(lines);
  }

  /** What the JVM crashed by, where it could tell; it ends with status 1 then. */
  synchronized Optional<String> signal() {
    return signal;
  }

  /** Name of the thread that crashed, where the JVM could tell. */
  synchronized Optional<String> thread() {
    return thread;
  }
}
