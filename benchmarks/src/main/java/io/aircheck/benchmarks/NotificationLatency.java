package io.aircheck.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.StoreException;
import io.aircheck.notify.dispatch.DispatchListener;
import io.aircheck.notify.dispatch.DispatchPolicy;
import io.aircheck.notify.dispatch.Dispatcher;
import io.aircheck.storage.sql.SqlStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * From an incident's change to the arrival of its webhook: so many incidents open at the same
 * moment and are stored in the embedded store; the clock starts before the step is stored and stops
 * when a receiver on loopback has the request. The first round, in which the compiler works, is
 * told apart.
 *
 * <p>{@code NotificationLatency [INCIDENTS [ROUNDS]]}
 */
public final class NotificationLatency {
  private static final String CHANNEL = "hook";

  private NotificationLatency() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int incidents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    Map<String, Long> startNanos = new ConcurrentHashMap<>();
    Map<String, Long> arrivalNanos = new ConcurrentHashMap<>();
    Path folder = Files.createTempDirectory("notification-latency");
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            arrivalNanos.putIfAbsent(key, System.nanoTime());
            exchange.sendResponseHeaders(204, -1);
          }
        });
    receiver.start();
    Map<String, String> settings =
        Map.of(
            "url",
            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
            "secret",
            "whsec_c2VjcmV0IG9mIHRoZSBiZW5jaG1hcms=");
    OutboundPolicy outbound = new OutboundPolicy(Set.of("http"), true, List.of());
    Settled settled = new Settled();
    try (SqlStore store = SqlStore.embedded(folder);
        Notifier hook = NotifierCatalog.installed().create("webhook", settings, outbound);
        Dispatcher dispatcher =
            new Dispatcher(
                store.outbox(), name -> Optional.of(hook), DispatchPolicy.DEFAULT, settled)) {
      dispatcher.start();
      for (int round = 0; round <= rounds; round++) {
        settled.expect(incidents);
        open(store, dispatcher, incidents, round, startNanos);
        settled.await();
      }
    }
    receiver.stop(0);
    tell(incidents, rounds, startNanos, arrivalNanos);
  }

  /** All at once, stored by one thread that takes what has come meanwhile in one step. */
  private static void open(
      SqlStore store,
      Dispatcher dispatcher,
      int incidents,
      int round,
      Map<String, Long> startNanos) {
    BlockingQueue<Commit> steps = new LinkedBlockingQueue<>();
    try (ExecutorService streams = Executors.newVirtualThreadPerTaskExecutor()) {
      streams.execute(() -> store(store, dispatcher, steps, incidents));
      for (int i = 0; i < incidents; i++) {
        IncidentChange change = opened("stream-" + i, round);
        Notification notification = Notification.of(change, CHANNEL, Map.of("cdn", "north"));
        streams.execute(
            () -> {
              startNanos.put(notification.key(), System.nanoTime());
              steps.add(
                  new Commit(
                      change.incident().stream(),
                      new byte[2000],
                      List.of(change),
                      List.of(notification)));
            });
      }
    }
  }

  private static void store(
      SqlStore store, Dispatcher dispatcher, BlockingQueue<Commit> steps, int incidents) {
    int stored = 0;
    while (stored < incidents) {
      List<Commit> batch = new ArrayList<>();
      try {
        batch.add(steps.take());
      } catch (InterruptedException e) {
        return;
      }
      steps.drainTo(batch);
      store.incidents().commit(batch);
      dispatcher.wake();
      stored += batch.size();
    }
  }

  /** An opening; the round is in its time, so that each round has incidents of its own. */
  private static IncidentChange opened(String stream, int round) {
    long now = System.currentTimeMillis() / 1000 * 1000 + round;
    return new IncidentChange(
        IncidentChange.Type.OPENED,
        new Incident(
            Incident.id(stream, "video.black", now),
            stream,
            "video.black",
            Incident.State.OPEN,
            Severity.ERROR,
            0.98,
            now - 2000,
            now,
            now,
            1,
            List.of("1080p", "720p", "480p"),
            List.of("video.black"),
            Map.of("lumaMean", 16.2),
            "The picture is black.",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            1),
        now);
  }

  private static void tell(
      int incidents, int rounds, Map<String, Long> startNanos, Map<String, Long> arrivalNanos) {
    if (!arrivalNanos.keySet().equals(startNanos.keySet())) {
      throw new IllegalStateException(
          "%d of %d arrived".formatted(arrivalNanos.size(), startNanos.size()));
    }
    System.out.printf(
        Locale.ROOT, "%d incidents at a time, %d rounds after the first%n", incidents, rounds);
    long[] ordered = startNanos.values().stream().mapToLong(Long::longValue).sorted().toArray();
    long firstRoundEnds = ordered[incidents - 1];
    line("first round", startNanos, arrivalNanos, 0, firstRoundEnds);
    line("the others", startNanos, arrivalNanos, firstRoundEnds + 1, Long.MAX_VALUE);
  }

  private static void line(
      String name,
      Map<String, Long> startNanos,
      Map<String, Long> arrivalNanos,
      long fromNanos,
      long toNanos) {
    double[] millis =
        startNanos.entrySet().stream()
            .filter(start -> start.getValue() >= fromNanos && start.getValue() <= toNanos)
            .mapToDouble(
                start -> (arrivalNanos.get(start.getKey()) - start.getValue()) / 1_000_000.0)
            .toArray();
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.1f ms, p95 %.1f ms, longest %.1f ms%n",
        name,
        millis[millis.length / 2],
        millis[(int) Math.ceil(millis.length * 0.95) - 1],
        millis[millis.length - 1]);
  }

  /** Waits until everything of a round is settled. */
  private static final class Settled implements DispatchListener {
    private volatile CountDownLatch latch = new CountDownLatch(0);

    void expect(int incidents) {
      latch = new CountDownLatch(incidents);
    }

    void await() throws InterruptedException {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(latch.getCount() + " were not settled within a minute");
      }
    }

    @Override
    public void attempted(Outbox.Entry entry, boolean recordsAnswer) {
      if (entry.status() != Outbox.Status.DELIVERED) {
        throw new IllegalStateException("not delivered: " + entry.answer());
      }
      latch.countDown();
    }

    @Override
    public void storeFailed(StoreException failure) {
      throw failure;
    }
  }
}
