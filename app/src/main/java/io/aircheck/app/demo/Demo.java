package io.aircheck.app.demo;

import io.aircheck.app.monitor.Monitor;
import io.aircheck.app.report.Palette;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A live stream with faults on a schedule, and the monitor that watches it, in one process and on
 * the loopback interface alone.
 */
public final class Demo implements AutoCloseable {
  /** How long after the end of the last fault its finding is waited for. */
  private static final double PATIENCE_SECONDS = 20;

  /** What stands before the text of a line: time, word and kind. */
  private static final int TEXT_COLUMN = 46;

  private final PrintWriter out;
  private final Palette palette;
  private final int columns;
  private final List<DemoFault> faults;
  private final MediaWriterFactory writers;
  private final DemoRecord record;
  private final Path folder;
  private final long originNanos = System.nanoTime();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile double programmeSeconds;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean closed;
  private @Nullable Thread encoder;
  private @Nullable SegmentServer server;
  private @Nullable Monitor monitor;

  Demo(
      PrintWriter out,
      Palette palette,
      int columns,
      List<DemoFault> faults,
      MediaWriterFactory writers)
      throws IOException {
    this.out = out;
    this.palette = palette;
    this.columns = columns;
    this.faults = List.copyOf(faults);
    this.writers = writers;
    this.record = new DemoRecord(faults);
    this.folder = Files.createTempDirectory("aircheck-demo-");
  }

  /**
   * The demo with every fault once.
   *
   * @param columns width of the terminal: messages are cut so that a finding stays on one line
   * @throws IOException when there is no place for temporary files
   */
  public static Demo standard(
      PrintWriter out, Palette palette, int columns, MediaWriterFactory writers)
      throws IOException {
    return new Demo(out, palette, columns, DemoFault.schedule(), writers);
  }

  /**
   * Runs the schedule once and prints a summary.
   *
   * @return whether every fault was found
   * @throws MediaException when the stream cannot be encoded
   */
  public boolean run() throws IOException, MediaException, InterruptedException {
    LiveLadder ladder = new LiveLadder(folder, faults);
    SegmentServer serving = new SegmentServer(folder, faults, () -> programmeSeconds);
    server = serving;
    encoder = Thread.ofPlatform().daemon().name("aircheck-demo").start(() -> encode(ladder));
    ready.await();
    rethrow();
    say(
        palette.bold("Aircheck demo")
            + ": a live stream with two renditions, made on this machine.");
    say("Faults are injected on a schedule; the monitor does not know it. Ctrl-C stops.");
    say(palette.dim(serving.master().toString()));
    say("");
    watch(serving.master().toString());
    double patience = faults.stream().mapToDouble(DemoFault::endSeconds).max().orElse(0);
    patience += PATIENCE_SECONDS;
    while (programmeSeconds < patience && !record.complete() && !closed) {
      if (over.await(200, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    rethrow();
    summarize();
    return record.complete();
  }

  private void watch(String address) {
    DetectorCatalog catalog = DetectorCatalog.installed();
    monitor =
        new Monitor(
            catalog,
            InProcessDeployment.installedFolds(),
            StreamTask.Surroundings.installed(),
            List.of(new Monitor.Input(SourceRequest.of(address), Optional.empty())),
            List.of(),
            catalog.choose(List.of(), Map.of()),
            (input, opened, wallClockMillis, finding) -> {
              if (opened) {
                opened(finding);
              }
            },
            notice -> notice(notice.replace(address, "monitor")));
  }

  private void notice(String words) {
    if (!closed) {
      say(palette.dim(abridged(words, columns)));
    }
  }

  private void encode(LiveLadder ladder) {
    try {
      ladder.run(writers, this::reached);
    } catch (MediaException | RuntimeException e) {
      failure.set(e);
    } finally {
      ready.countDown();
      over.countDown();
    }
  }

  private void reached(double seconds) {
    programmeSeconds = seconds;
    if (seconds >= LiveLadder.HEAD_START_SECONDS) {
      ready.countDown();
    }
    for (DemoFault fault : record.reached(seconds, now())) {
      say(
          line(
              palette.bold("inject"),
              String.format(
                  Locale.ROOT,
                  "%s, %.0f s%s",
                  fault.type().words(),
                  fault.seconds(),
                  fault.type().rendition().map(r -> " [" + r + "]").orElse(""))));
    }
  }

  private void opened(Finding finding) {
    if (closed || finding.severity() == Severity.INFO) {
      return;
    }
    DemoRecord.Meaning meaning = record.opened(finding, now());
    if (meaning.found().isPresent()) {
      String delay =
          String.format(Locale.ROOT, "after %.1f s", meaning.found().get().delaySeconds());
      say(finding(palette.good("FOUND "), finding, palette.good(delay), delay.length()));
    } else if (!meaning.expected()) {
      say(finding(palette.dim("also  "), finding, "", 0));
    }
  }

  /** What and how soon first: on a narrow terminal only the message is cut. */
  private String finding(String word, Finding finding, String delay, int delayLength) {
    String where = finding.rendition() == null ? "" : "[" + finding.rendition() + "] ";
    int room = columns - TEXT_COLUMN - (delayLength == 0 ? 0 : delayLength + 2);
    String message = abridged(where + finding.message(), Math.max(room, 1));
    String text = delayLength == 0 ? palette.dim(message) : delay + "  " + message;
    return line(word, String.format(Locale.ROOT, "%-28s %s", finding.kind(), text));
  }

  private static String abridged(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  /** A demo that was stopped is judged by what it came to. */
  private void summarize() {
    List<DemoRecord.Entry> entries =
        record.entries().stream()
            .filter(entry -> !closed || entry.injectedSeconds().isPresent())
            .toList();
    say("");
    if (entries.isEmpty()) {
      say("Stopped before the first fault.");
      return;
    }
    say(palette.bold("Injected                              found as"));
    for (DemoRecord.Entry entry : entries) {
      say(
          String.format(
              Locale.ROOT,
              "  %-36s%s",
              entry.fault().type().words(),
              entry.found()
                  ? palette.good(
                      String.format(
                          Locale.ROOT, "%s after %.1f s", entry.foundAs(), entry.delaySeconds()))
                  : palette.error("not found")));
    }
    long found = entries.stream().filter(DemoRecord.Entry::found).count();
    say("");
    say(
        found
            + " of "
            + entries.size()
            + " faults found, "
            + record.further()
            + " further findings"
            + (closed ? "; stopped before the end." : "."));
  }

  private String line(String word, String text) {
    double seconds = now();
    return String.format(
        Locale.ROOT, "%2d:%04.1f  %s  %s", (int) seconds / 60, seconds % 60, word, text);
  }

  private double now() {
    return (System.nanoTime() - originNanos) / 1e9;
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  private void rethrow() throws MediaException {
    Throwable cause = failure.get();
    if (cause instanceof MediaException e) {
      throw e;
    } else if (cause != null) {
      throw new IllegalStateException("the demo's stream failed", cause);
    }
  }

  /** Whether it was stopped before its end, or is over. */
  public boolean isClosed() {
    return closed;
  }

  /** Stops everything and removes the temporary files; once, whoever asks first. */
  @Override
  public void close() {
    if (closing.getAndSet(true)) {
      return;
    }
    closed = true;
    over.countDown();
    if (monitor != null) {
      monitor.close();
    }
    Thread encoding = encoder;
    if (encoding != null) {
      encoding.interrupt();
      try {
        encoding.join(TimeUnit.SECONDS.toMillis(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (server != null) {
      server.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files could not be removed from " + folder, e);
    }
  }
}
