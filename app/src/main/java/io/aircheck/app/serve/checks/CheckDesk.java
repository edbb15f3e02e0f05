package io.aircheck.app.serve.checks;

import io.aircheck.app.check.AnalysisDeployment;
import io.aircheck.app.check.Illustrator;
import io.aircheck.app.check.InputAnalyzer;
import io.aircheck.app.check.InputWatcher;
import io.aircheck.app.check.RunningAnalysis;
import io.aircheck.app.report.InputReport;
import io.aircheck.app.report.Palette;
import io.aircheck.app.report.ReportFormat;
import io.aircheck.app.serve.checks.Check.State;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.DocumentStore;
import io.aircheck.storage.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks files and finite streams, one after the other, so that watching live streams keeps its
 * share of the machine. What was asked for survives a restart; a check that was cut off begins
 * again. Thread-safe.
 */
public final class CheckDesk implements AutoCloseable {
  private static final String COLLECTION = "checks";

  /**
   * What is installed.
   *
   * @param folds ids of the folds over what detectors observe
   * @param where inputs are analysed
   * @param addresses where users may lead it to; what they upload itself is no question of that
   * @param alone whether no other process has checks in the same store
   */
  public record Surroundings(
      DetectorCatalog detectors,
      List<String> folds,
      AnalysisDeployment where,
      AddressRule addresses,
      boolean alone) {
    public Surroundings {
      folds = List.copyOf(folds);
    }
  }

  private final Surroundings around;
  private final DocumentStore documents;
  private final CheckFiles files;
  private final Supplier<PolicyBook> policies;
  private final Consumer<Check> listener;

  /** Guards the fields below, and the files of checks that are known. */
  private final Object lock = new Object();

  private final Thread worker;
  private @Nullable Running running;
  private boolean closed;

  private record Running(String id, RunningAnalysis analysis, CheckProgress progress) {}

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
    this.files = new CheckFiles(folder);
    this.policies = policies;
    this.listener = listener;
    for (Check check : list()) {
      if (check.state() == State.RUNNING && isMine(check)) {
        update(check.in(State.WAITING));
      }
    }
    worker = Thread.ofPlatform().daemon().name("aircheck-checks").start(this::work);
  }

  /** Each process does the checks that it was asked for. */
  private boolean isMine(Check check) {
    return around.alone() || files.isHere(check.id());
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
   * @throws IOException when there is no room for its report; nothing is kept then
   */
  public Check submit(String url, String policy) throws IOException {
    String id = newId();
    files.begin(id);
    return accept(id, SafeUri.redact(url), Optional.of(url), policy);
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
    return files.receive(id, content, maxBytes)
        ? Optional.of(accept(id, CheckFiles.shownName(name), Optional.empty(), policy))
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

  private void store(Check check) {
    documents.put(COLLECTION, check.id(), RecordJson.write(check), OptionalLong.empty());
    listener.accept(check);
  }

  /**
   * Stores a check as it is now, unless it was removed: then it must not come back.
   *
   * @return whether it is still there
   */
  private boolean update(Check check) {
    // Nobody else changes it, so with another revision it is gone.
    boolean known =
        documents
            .find(COLLECTION, check.id())
            .flatMap(
                before ->
                    documents.put(
                        COLLECTION,
                        check.id(),
                        RecordJson.write(check),
                        OptionalLong.of(before.revision())))
            .isPresent();
    if (known) {
      listener.accept(check);
    }
    return known;
  }

  /** A report of a check that is over; empty when there is none. */
  public Optional<String> report(String id, ReportFormat format) throws IOException {
    return files.report(id, format);
  }

  /**
   * Stops a check if it runs, and forgets it.
   *
   * @return whether it was there
   */
  public boolean remove(String id) throws IOException {
    synchronized (lock) {
      boolean known = documents.remove(COLLECTION, id, OptionalLong.empty());
      if (running != null && running.id().equals(id)) {
        // It may have to wait for a read.
        Thread.startVirtualThread(running.analysis()::stop);
      }
      if (known) {
        files.remove(id);
      }
      return known;
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
      Check check = next.orElseThrow();
      try {
        run(check);
      } catch (RuntimeException e) {
        // The next ones must not wait for ever behind one that fails in a way nobody thought of.
        end(check, State.FAILED, Optional.of("a fault of Aircheck: " + e), Map.of());
      }
    }
  }

  private Optional<Check> oldestWaiting() {
    return list().reversed().stream()
        .filter(check -> check.state() == State.WAITING && isMine(check))
        .findFirst();
  }

  private void run(Check check) {
    if (!update(check.in(State.RUNNING))) {
      return;
    }
    CheckProgress progress = new CheckProgress();
    Illustrator illustrator = new Illustrator();
    InputAnalyzer analyzer =
        new InputAnalyzer(
            around.detectors(), around.folds(), around.where(), detectors(check.policy()));
    RunningAnalysis analysis =
        analyzer.begin(
            new InputAnalyzer.Job(request(check), Optional.empty(), List.of()),
            InputWatcher.all(List.of(progress, illustrator)));
    synchronized (lock) {
      running = new Running(check.id(), analysis, progress);
      if (closed || find(check.id()).isEmpty()) {
        Thread.startVirtualThread(analysis::stop);
      }
    }
    InputReport report = analysis.report(illustrator::illustrations);
    boolean stopped;
    synchronized (lock) {
      running = null;
      stopped = closed;
    }
    if (!stopped && find(check.id()).isPresent()) {
      // What was uploaded is called by its name, not by where it was kept.
      finish(check, check.url().isPresent() ? report : report.called(check.input()));
    }
  }

  private List<DetectorChoice> detectors(String policy) {
    return policies
        .get()
        .find(policy)
        .map(PolicyBook.Policy::detectors)
        .orElseGet(() -> around.detectors().choose(List.of(), Map.of()));
  }

  /** An upload may be read; where it leads to is held to the same rule as what users name. */
  private SourceRequest request(Check check) {
    if (check.url().isPresent()) {
      return SourceRequest.of(check.url().get()).withAddresses(around.addresses());
    }
    String upload = files.upload(check.id()).toString();
    return SourceRequest.of(upload)
        .withAddresses(
            uri -> uri.equals(upload) ? Optional.empty() : around.addresses().refusal(uri));
  }

  private void finish(Check check, InputReport report) {
    Map<String, Integer> counts = new HashMap<>();
    for (Severity severity : Severity.values()) {
      long count = report.findings().stream().filter(f -> f.severity() == severity).count();
      counts.put(severity.word(), (int) count);
    }
    Optional<String> problem = report.error();
    try {
      for (ReportFormat format : ReportFormat.values()) {
        String text =
            format.render(
                List.of(report), Palette.PLAIN, f -> f.severity().atLeast(Severity.ERROR));
        keepReport(check, format, text);
      }
      synchronized (lock) {
        files.removeUpload(check.id());
      }
    } catch (IOException e) {
      problem = Optional.of("the report could not be kept: " + e.getMessage());
    }
    end(check, report.opened() ? State.FINISHED : State.FAILED, problem, counts);
  }

  /** Not of a check that was removed meanwhile: its folder would come back. */
  private void keepReport(Check check, ReportFormat format, String text) throws IOException {
    synchronized (lock) {
      if (find(check.id()).isPresent()) {
        files.keepReport(check.id(), format, text);
      }
    }
  }

  private void end(
      Check check, State state, Optional<String> problem, Map<String, Integer> counts) {
    synchronized (lock) {
      running = null;
    }
    update(check.over(state, problem, counts, System.currentTimeMillis()));
  }

  /** Stops; a check that runs begins again in the next process. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (running != null) {
        Thread.startVirtualThread(running.analysis()::stop);
      }
      lock.notifyAll();
    }
    try {
      worker.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
