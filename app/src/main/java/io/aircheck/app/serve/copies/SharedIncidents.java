package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.store.IncidentStore;
import io.aircheck.core.store.Page;
import io.aircheck.core.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Incidents that the copy that leads makes: what makes them is sent to it, in the name of the
 * shares that this one watches, and they are known here as of their last change. Thread-safe.
 */
final class SharedIncidents implements Incidents {
  private static final int PAGE = 1_000;
  private static final long LOOK_MILLIS = 100;
  private static final long PATIENCE_MILLIS = 60_000;

  private final IncidentStore store;
  private final IncidentExchange exchange;
  private final InputSender sender;
  private final String copy;
  private final LongSupplier clock;
  private final Map<String, Incident> active = new ConcurrentHashMap<>();
  private final ExecutorService answers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("answer-", 0).factory());
  private volatile Holdings holdings = Holdings.NONE;

  /**
   * @param copy id of this one
   * @param clock wall-clock milliseconds since the epoch
   */
  SharedIncidents(
      IncidentStore store,
      IncidentExchange exchange,
      InputSender sender,
      String copy,
      LongSupplier clock) {
    this.store = store;
    this.exchange = exchange;
    this.sender = sender;
    this.copy = copy;
    this.clock = clock;
  }

  /** These shares are watched from now on; what is observed for others is nobody's business. */
  void hold(Holdings now) {
    holdings = now;
  }

  /** Takes note of what is open, before changes come. */
  void load() {
    IncidentStore.Query open =
        new IncidentStore.Query(
            Set.of(),
            Set.of(),
            Set.of(Incident.State.OPEN, Incident.State.RECOVERING),
            Set.of(),
            Set.of(),
            OptionalLong.empty(),
            OptionalLong.empty());
    Optional<String> cursor = Optional.empty();
    do {
      Page<Incident> page = store.list(open, cursor, PAGE);
      page.items().forEach(incident -> active.put(incident.id(), incident));
      cursor = page.next();
    } while (cursor.isPresent());
  }

  /** Incidents have changed. */
  void changed(List<IncidentChange> changes) {
    for (IncidentChange change : changes) {
      Incident incident = change.incident();
      if (incident.state() == Incident.State.CLOSED) {
        active.remove(incident.id());
      } else {
        active.put(incident.id(), incident);
      }
    }
  }

  @Override
  public void start(Set<String> watched) {
    // Whoever leads takes up what was open.
  }

  @Override
  public void observed(StreamObservation seen) {
    Optional<Assignment> by = holdings.of(seen.stream());
    if (by.isEmpty()) {
      return;
    }
    switch (seen.observation()) {
      case Observation.Opened(Finding finding) -> sender.add(by, InputText.of(seen, finding));
      case Observation.Updated(Finding finding) ->
          sender.addPassing(by, InputText.of(seen, finding));
      case Observation.Closed(Finding finding) -> sender.add(by, InputText.of(seen, finding));
      case Observation.Fingerprinted fingerprinted -> {}
    }
  }

  @Override
  public void rewatched(String stream) {
    Optional<Assignment> by = holdings.of(stream);
    if (by.isPresent()) {
      sender.add(by, InputText.rewatched(stream, clock.getAsLong()));
    }
  }

  @Override
  public void paused(String stream) {
    Optional<Assignment> by = holdings.of(stream);
    if (by.isPresent()) {
      sender.add(by, InputText.paused(stream, clock.getAsLong()));
    }
  }

  @Override
  public void unwatched(String stream) {
    // That another copy watches it now is no end; whoever leads knows of ends.
  }

  @Override
  public CompletionStage<Optional<Incident>> command(
      Incident incident, IncidentInput.Commanded.Command command, String by, String text) {
    return ask(
        incident.id(),
        InputText.of(
            new IncidentInput.Commanded(
                incident.stream(), incident.id(), command, by, clock.getAsLong(), text)));
  }

  @Override
  public CompletionStage<Optional<Incident>> reopen(Incident incident, String by) {
    return ask(incident.id(), InputText.reopened(incident, by, clock.getAsLong()));
  }

  private CompletionStage<Optional<Incident>> ask(String incident, InputText text) {
    long number = sender.add(Optional.empty(), text);
    CompletableFuture<Optional<Incident>> answer = new CompletableFuture<>();
    answers.execute(
        () -> {
          try {
            answer.complete(await(number) ? store.find(incident) : Optional.empty());
          } catch (StoreException e) {
            answer.completeExceptionally(e);
          } catch (InterruptedException e) {
            answer.completeExceptionally(
                new StoreException("the service is being stopped", true, e));
          }
        });
    return answer;
  }

  private boolean await(long number) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (System.nanoTime() < until) {
      Optional<Boolean> answer = exchange.answer(copy, number);
      if (answer.isPresent()) {
        return answer.get();
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new StoreException("no copy leads that could answer", true, null);
  }

  @Override
  public Collection<Incident> active() {
    return List.copyOf(active.values());
  }

  @Override
  public Optional<Incident> find(String id) {
    return Optional.ofNullable(active.get(id)).or(() -> store.find(id));
  }

  @Override
  public Optional<String> problem() {
    return sender.problem();
  }

  @Override
  public long dropped() {
    return sender.dropped();
  }

  @Override
  public void close() {
    answers.shutdownNow();
    sender.close();
  }
}
