package io.aircheck.app.serve.checks;

import io.aircheck.app.check.Illustrator;
import io.aircheck.app.check.InputAnalyzer;
import io.aircheck.app.check.InputWatcher;
import io.aircheck.app.report.HtmlReport;
import io.aircheck.app.report.InputReport;
import io.aircheck.app.report.JsonReport;
import io.aircheck.app.report.JunitReport;
import io.aircheck.app.report.Palette;
import io.aircheck.app.report.ReportFormat;
import io.aircheck.app.report.TextReport;
import io.aircheck.app.serve.checks.Check.State;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.DocumentStore;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.storage.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks files and finite streams, one after the other, so that watching live streams keeps its
 * share of the machine. What was asked for survives a restart; a check that was cut off begins
 * again. Thread-safe.
 */
public final class CheckDesk implements AutoCloseable {
  private static final String COLLECTION = "checks";

  /** What is installed. */
  public record Surroundings(
      DetectorCatalog detectors, List<ObservationFold<?>> folds, MediaSources sources) {}

  private final Surroundings around;
  private final DocumentStore documents;
  private final Path folder;
  private final Supplier<PolicyBook> policies;
  private final Consumer<Check> listener;

  /** Guards the fields below. */
  private final Object lock = new Object();

  private final Thread worker;
  private @Nullable Running running;
  private boolean closed;

  private record Running(String id, CancellableSources sources, Progress progress) {}

  /**
   * @param folder where uploads and reports are kept
   * @param listener told of each change, on any thread
   */
  public CheckDesk(
      Surroundings around,
      DocumentStore documents,
      Path folder,
      Supplier<PolicyBook> policies,
      Consumer<Check> listener)
      throws IOException {
    this.around = around;
    this.documents = documents;
    this.folder = Files.createDirectories(folder);
    this.policies = policies;
    this.listener = listener;
    for (Check check : list()) {
      if (check.state() == State.RUNNING) {
        store(check.in(State.WAITING));
      }
    }
    worker = Thread.ofPlatform().daemon().name("aircheck-checks").start(this::work);
  }

  /** All checks, newest first. */
  public List<Check> list() {
    return documents.list(COLLECTION).stream()
        .map(document -> RecordJson.read(document.body(), Check.class))
        .sorted(Comparator.comparingLong(Check::createdMillis).reversed())
        .toList();
  }

  /** A check. */
  public Optional<Check> find(String id) {
    return documents
        .find(COLLECTION, id)
        .map(document -> RecordJson.read(document.body(), Check.class));
  }

  /** How far a check is, 0 to 1. */
  public double progress(Check check) {
    synchronized (lock) {
      Running current = running;
      if (current != null && current.id().equals(check.id())) {
        return current.progress().share();
      }
    }
    return check.state().isOver() ? 1 : 0;
  }

  /**
   * Asks for a check of an address.
   *
   * @param url an address that is allowed
   * @param policy name of a policy that exists
   */
  public Check submit(String url, String policy) {
    return accept(newId(), SafeUri.redact(url), Optional.of(url), policy);
  }

  /**
   * Asks for a check of a file.
   *
   * @param name what it is called; only shown
   * @param maxBytes most that is taken
   * @return empty when there are more bytes
   * @throws IOException when it cannot be received or written; nothing is kept then
   */
  public Optional<Check> submit(String name, InputStream content, long maxBytes, String policy)
      throws IOException {
    String id = newId();
    Path place = Files.createDirectories(folder.resolve(id));
    boolean whole = false;
    try (var out = Files.newOutputStream(upload(id))) {
      byte[] buffer = new byte[64 * 1024];
      long bytes = 0;
      int read;
      while ((read = content.read(buffer)) >= 0 && bytes <= maxBytes) {
        out.write(buffer, 0, read);
        bytes += read;
      }
      whole = read < 0 && bytes <= maxBytes;
    } finally {
      if (!whole) {
        delete(place);
      }
    }
    return whole
        ? Optional.of(accept(id, shownName(name), Optional.empty(), policy))
        : Optional.empty();
  }

  private Check accept(String id, String input, Optional<String> url, String policy) {
    Check check =
        new Check(
            id,
            input,
            url,
            policy,
            State.WAITING,
            Optional.empty(),
            Map.of(),
            System.currentTimeMillis(),
            OptionalLong.empty());
    store(check);
    synchronized (lock) {
      lock.notifyAll();
    }
    return check;
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private static String shownName(String name) {
    String plain = name.replaceAll("[\\p{Cntrl}]", "").strip();
    String last = plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1);
    return last.isEmpty() ? "file" : last;
  }

  private Path upload(String id) {
    return folder.resolve(id).resolve("input");
  }

  private void store(Check check) {
    documents.put(COLLECTION, check.id(), RecordJson.write(check), OptionalLong.empty());
    listener.accept(check);
  }

  /** A report of a check that is over; empty when there is none. */
  public Optional<String> report(String id, ReportFormat format) throws IOException {
    Path file = reportFile(id, format);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  private Path reportFile(String id, ReportFormat format) {
    return folder.resolve(id).resolve("report." + format.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Stops a check if it runs, and forgets it.
   *
   * @return whether it was there
   */
  public boolean remove(String id) throws IOException {
    boolean known = documents.remove(COLLECTION, id);
    synchronized (lock) {
      if (running != null && running.id().equals(id)) {
        running.sources().cancel();
      }
    }
    if (known) {
      delete(folder.resolve(id));
    }
    return known;
  }

  private static void delete(Path place) throws IOException {
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void work() {
    while (true) {
      Optional<Check> next;
      synchronized (lock) {
        next = oldestWaiting();
        while (next.isEmpty() && !closed) {
          try {
            lock.wait();
          } catch (InterruptedException e) {
            closed = true;
          }
          next = oldestWaiting();
        }
        if (closed) {
          return;
        }
      }
      run(next.orElseThrow());
    }
  }

  private Optional<Check> oldestWaiting() {
    return list().reversed().stream().filter(check -> check.state() == State.WAITING).findFirst();
  }

  private void run(Check check) {
    CancellableSources sources = new CancellableSources(around.sources());
    Progress progress = new Progress();
    synchronized (lock) {
      running = new Running(check.id(), sources, progress);
    }
    store(check.in(State.RUNNING));
    Illustrator illustrator = new Illustrator();
    InputAnalyzer analyzer =
        new InputAnalyzer(
            around.detectors(),
            around.folds(),
            sources,
            policies
                .get()
                .find(check.policy())
                .map(PolicyBook.Policy::detectors)
                .orElseGet(() -> around.detectors().choose(List.of(), Map.of())));
    SourceRequest request =
        SourceRequest.of(check.url().orElseGet(() -> upload(check.id()).toString()));
    InputReport report =
        analyzer.analyze(
            new InputAnalyzer.Job(request, Optional.empty(), List.of()),
            InputWatcher.all(List.of(progress, illustrator)),
            illustrator::illustrations);
    boolean stopped;
    synchronized (lock) {
      running = null;
      stopped = closed;
    }
    if (!stopped && find(check.id()).isPresent()) {
      finish(check, report);
    }
  }

  private void finish(Check check, InputReport report) {
    Map<String, Integer> counts = new HashMap<>();
    for (Severity severity : Severity.values()) {
      long count = report.findings().stream().filter(f -> f.severity() == severity).count();
      counts.put(severity.word(), (int) count);
    }
    Optional<String> problem = report.error().map(error -> named(error, check));
    try {
      for (ReportFormat format : ReportFormat.values()) {
        Files.createDirectories(folder.resolve(check.id()));
        Files.writeString(reportFile(check.id(), format), named(rendered(report, format), check));
      }
      Files.deleteIfExists(upload(check.id()));
    } catch (IOException e) {
      problem = Optional.of("the report could not be kept: " + e.getMessage());
    }
    store(
        check.over(
            report.opened() ? State.FINISHED : State.FAILED,
            problem,
            counts,
            System.currentTimeMillis()));
  }

  /** What was uploaded is called by its name, not by where it was kept. */
  private String named(String text, Check check) {
    return check.url().isPresent()
        ? text
        : text.replace(upload(check.id()).toString(), check.input());
  }

  private static String rendered(InputReport report, ReportFormat format) throws IOException {
    List<InputReport> reports = List.of(report);
    StringWriter text = new StringWriter();
    switch (format) {
      case TEXT -> new TextReport(Palette.PLAIN).write(reports, new PrintWriter(text));
      case JSON -> JsonReport.write(reports, text);
      case JUNIT -> JunitReport.write(reports, f -> f.severity().atLeast(Severity.ERROR), text);
      case HTML -> HtmlReport.write(reports, text);
    }
    return text.toString();
  }

  /** Stops; a check that runs begins again in the next process. */
  @Override
  public void close() {
    List<CancellableSources> stopping = new ArrayList<>();
    synchronized (lock) {
      closed = true;
      if (running != null) {
        stopping.add(running.sources());
      }
      lock.notifyAll();
    }
    stopping.forEach(CancellableSources::cancel);
    try {
      worker.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How far the analysis is in media time. */
  private static final class Progress implements InputWatcher {
    private volatile long durationMicros;
    private volatile long reachedMicros;

    @Override
    public void configured(TaskId task, MediaInfo info) {
      info.durationMicros().ifPresent(micros -> durationMicros = micros);
    }

    @Override
    public void metric(TaskId task, String track, String metric, long ptsMicros, double value) {
      reachedMicros = ptsMicros;
    }

    @Override
    public void picture(TaskId task, FrameView frame) {
      reachedMicros = frame.ptsMicros();
    }

    double share() {
      long whole = durationMicros;
      return whole <= 0 ? 0 : Math.clamp((double) reachedMicros / whole, 0.0, 1.0);
    }
  }
}
