package io.aircheck.deploy.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aircheck.core.deploy.WorkerLoad;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Where a job asks over HTTP what is to be watched, and delivers what comes of it. Below a path
 * that cannot be guessed, since orders may hold secrets. Thread-safe.
 */
final class Desk implements AutoCloseable {
  static final String ORDERS = "/orders";
  static final String DELIVERIES = "/deliveries";
  static final String ERRANDS = "/errands";
  static final String ANSWERS = "/answers/";
  static final String CLIPS = "/clips/";
  static final String PROCESSES = "/processes";

  /** How long a worker that asks for an errand is kept waiting for one. */
  static final long ERRAND_MILLIS = 5_000;

  /** Everything has arrived, and need not be delivered again; or there is nothing to be done. */
  static final int TAKEN = 204;

  /** The orders are those that the job knows. */
  static final int UNCHANGED = 304;

  /** Deliveries whose repetition is recognised: a job repeats the latest only. */
  private static final int REMEMBERED = 10_000;

  /** How long errands may take: a clip is made and sent in well under a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long an answer may take when everything else is over. */
  private static final int ANSWERING_SECONDS = 2;

  /** Jobs ask every second, but not while they are restarted. */
  private static final long FOLLOWED_NANOS = 30_000_000_000L;

  private static final RecordBytes<Orders> BYTES = new RecordBytes<>(Orders.class);
  private static final RecordBytes<Delivery> DELIVERY = new RecordBytes<>(Delivery.class);
  private static final RecordBytes<WorkerCall> CALL = new RecordBytes<>(WorkerCall.class);
  private static final RecordBytes<ProcessReport> REPORT = new RecordBytes<>(ProcessReport.class);
  private static final RecordBytes<Errand> ERRAND = new RecordBytes<>(Errand.class);
  private static final RecordBytes<ErrandAnswer> ANSWER = new RecordBytes<>(ErrandAnswer.class);

  private final HttpServer server;
  private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
  private final String path;
  private final Consumer<Outcome> listener;
  private final ProcessBook processes = new ProcessBook(ProcessUsage::isCountedHere);
  private final WorkerLoads workers = new WorkerLoads();
  private final ErrandBoard errands = new ErrandBoard(PATIENCE);
  private final SequencedSet<String> taken = new LinkedHashSet<>();
  private final long openedNanos = System.nanoTime();
  private volatile Orders orders = Orders.NONE;
  private volatile long askedNanos;
  private volatile boolean asked;

  /**
   * Opens.
   *
   * @param at where it listens; port 0: any that is free
   * @param secret name of the path below which it answers
   * @param listener told of each outcome once, one after the other
   * @throws IOException when it cannot listen there
   */
  Desk(InetSocketAddress at, String secret, Consumer<Outcome> listener) throws IOException {
    this.listener = listener;
    path = "/" + secret;
    server = HttpServer.create(at, 0);
    server.createContext(path + ORDERS, this::tellOrders);
    server.createContext(path + DELIVERIES, this::takeDelivery);
    server.createContext(path + ERRANDS, this::giveErrand);
    server.createContext(path + ANSWERS, this::takeAnswer);
    server.createContext(path + CLIPS, this::takeClip);
    server.createContext(path + PROCESSES, this::takeReport);
    server.setExecutor(answering);
    server.start();
  }

  URI address() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
  }

  Orders orders() {
    return orders;
  }

  /** From now on these streams are to be watched; see {@link Orders}. One thread at a time. */
  void give(String teller, List<StreamOrder> streams, boolean last) {
    orders = new Orders(teller, orders.edition() + 1, streams, last);
  }

  /** Whether a job may be there: one has asked lately, or has not had the time to do so. */
  boolean isFollowed() {
    return System.nanoTime() - (asked ? askedNanos : openedNanos) < FOLLOWED_NANOS;
  }

  private void tellOrders(HttpExchange exchange) throws IOException {
    askedNanos = System.nanoTime();
    asked = true;
    Orders wanted = orders;
    try (exchange) {
      if (wanted.teller().isEmpty()) {
        // Nobody has said anything yet, which is not to say that nothing is wanted.
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      if (wanted.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(UNCHANGED, -1);
        return;
      }
      byte[] body = BYTES.serialize(wanted);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void takeDelivery(HttpExchange exchange) throws IOException {
    try (exchange) {
      Delivery delivery =
          DELIVERY.deserialize(DELIVERY.getVersion(), exchange.getRequestBody().readAllBytes());
      take(delivery);
      exchange.sendResponseHeaders(TAKEN, -1);
    }
  }

  private void giveErrand(HttpExchange exchange) throws IOException {
    try (exchange) {
      WorkerCall call =
          CALL.deserialize(CALL.getVersion(), exchange.getRequestBody().readAllBytes());
      processes.told(call.used());
      workers.called(call, System.nanoTime());
      Optional<Errand> errand = errands.take(call.streams().keySet(), ERRAND_MILLIS);
      if (errand.isEmpty()) {
        exchange.sendResponseHeaders(TAKEN, -1);
        return;
      }
      byte[] body = ERRAND.serialize(errand.get());
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeAnswer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      errands.answered(name(exchange), ANSWER.deserialize(ANSWER.getVersion(), body));
      exchange.sendResponseHeaders(TAKEN, -1);
    }
  }

  private void takeClip(HttpExchange exchange) throws IOException {
    try (exchange) {
      errands.clip(name(exchange), exchange.getRequestBody());
      exchange.sendResponseHeaders(TAKEN, -1);
    }
  }

  private void takeReport(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      REPORT.deserialize(REPORT.getVersion(), body).used().forEach(processes::told);
      exchange.sendResponseHeaders(TAKEN, -1);
    }
  }

  private static String name(HttpExchange exchange) {
    String asked = exchange.getRequestURI().getPath();
    return asked.substring(asked.lastIndexOf('/') + 1);
  }

  /** What the processes of the cluster have used. */
  ProcessBook processes() {
    return processes;
  }

  /** How busy workers are that have called lately. */
  List<WorkerLoad> workers() {
    return workers.loads(System.nanoTime());
  }

  /** What workers are asked for beside what they deliver. */
  ErrandBoard errands() {
    return errands;
  }

  private synchronized void take(Delivery delivery) {
    if (taken.add(delivery.id())) {
      delivery.outcomes().forEach(listener);
    }
    if (taken.size() > REMEMBERED) {
      taken.removeFirst();
    }
  }

  /** Answers whoever is being answered: what was taken must not be delivered again to another. */
  @Override
  public void close() {
    errands.close();
    server.stop(ANSWERING_SECONDS);
    answering.close();
  }
}
