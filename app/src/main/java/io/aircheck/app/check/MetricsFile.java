package io.aircheck.app.check;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes every value of every metric as a line of JSON: {@code t} in seconds of media time, {@code
 * track}, {@code metric}, {@code value}, and {@code rendition} and {@code input} where there are
 * several.
 */
public final class MetricsFile implements AutoCloseable {
  private final Writer out;
  private @Nullable IOException failure;

  /**
   * @throws IOException when the file cannot be written
   */
  public MetricsFile(Path file) throws IOException {
    out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  /**
   * A watcher that writes the metrics of one input.
   *
   * @param input the input's name, or empty when it is the only one
   */
  public InputWatcher watcher(String input) {
    String suffix = input.isEmpty() ? "}\n" : ",\"input\":" + quoted(input) + "}\n";
    return new InputWatcher() {
      @Override
      public void metric(TaskId task, String track, String metric, long ptsMicros, double value) {
        String rendition = task.rendition();
        write(
            "{\"t\":"
                + ptsMicros / 1e6
                + ",\"track\":"
                + quoted(track)
                + ",\"metric\":"
                + quoted(metric)
                + ",\"value\":"
                + (Double.isFinite(value) ? Double.toString(value) : "null")
                + (rendition == null ? "" : ",\"rendition\":" + quoted(rendition))
                + suffix);
      }
    };
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private void write(String line) {
    synchronized (out) {
      if (failure != null) {
        return;
      }
      try {
        out.write(line);
      } catch (IOException e) {
        // No reason to stop looking at the input: told at the end.
        failure = e;
      }
    }
  }

  /**
   * @throws IOException when not everything could be written
   */
  @Override
  public void close() throws IOException {
    synchronized (out) {
      try (out) {
        if (failure != null) {
          throw failure;
        }
      }
    }
  }
}
