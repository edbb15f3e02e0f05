package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The way from a job to its {@link Desk}, over HTTP. Thread-safe.
 *
 * @param address of the desk
 */
record DeskLink(URI address) implements StreamCatalogue, Errands, Supervisor, Recipient {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final RecordBytes<Orders> ORDERS = new RecordBytes<>(Orders.class);
  private static final RecordBytes<Delivery> DELIVERIES = new RecordBytes<>(Delivery.class);
  private static final RecordBytes<WorkerCall> CALLS = new RecordBytes<>(WorkerCall.class);
  private static final RecordBytes<ProcessReport> REPORTS = new RecordBytes<>(ProcessReport.class);
  private static final RecordBytes<Errand> ERRANDS = new RecordBytes<>(Errand.class);
  private static final RecordBytes<ErrandAnswer> ANSWERS = new RecordBytes<>(ErrandAnswer.class);

  /** Writes the body of a request. */
  @FunctionalInterface
  private interface Body {
    void write(OutputStream out) throws IOException;
  }

  @Override
  public Orders read(Orders known) throws IOException {
    HttpURLConnection connection = connect(Desk.ORDERS);
    connection.setRequestProperty("If-None-Match", known.tag());
    try {
      if (connection.getResponseCode() == Desk.UNCHANGED) {
        return known;
      }
      try (InputStream body = connection.getInputStream()) {
        return ORDERS.deserialize(ORDERS.getVersion(), body.readAllBytes());
      }
    } finally {
      connection.disconnect();
    }
  }

  /** The desk recognises repetitions. */
  @Override
  public Optional<String> open() {
    return Optional.empty();
  }

  @Override
  public void deliver(Delivery delivery) throws IOException {
    byte[] body = DELIVERIES.serialize(delivery);
    hand(Desk.DELIVERIES, out -> out.write(body));
  }

  @Override
  public void tell(ProcessReport report) throws IOException {
    byte[] body = REPORTS.serialize(report);
    hand(Desk.PROCESSES, out -> out.write(body));
  }

  @Override
  public Optional<Errand> next(Map<String, Long> streams) throws IOException {
    byte[] call = CALLS.serialize(WorkerCall.here(streams));
    HttpURLConnection connection = connect(Desk.ERRANDS);
    try {
      // The desk waits for something to be wanted.
      connection.setReadTimeout((int) Desk.ERRAND_MILLIS + TIMEOUT_MILLIS);
      if (send(connection, out -> out.write(call)) == Desk.TAKEN) {
        return Optional.empty();
      }
      try (InputStream body = connection.getInputStream()) {
        return Optional.of(ERRANDS.deserialize(ERRANDS.getVersion(), body.readAllBytes()));
      }
    } finally {
      connection.disconnect();
    }
  }

  @Override
  public void answer(Errand errand, ErrandAnswer answer) throws IOException {
    byte[] body = ANSWERS.serialize(answer);
    hand(Desk.ANSWERS + errand.id(), out -> out.write(body));
  }

  @Override
  public void answer(Errand errand, Path clip) throws IOException {
    hand(Desk.CLIPS + errand.id(), out -> Files.copy(clip, out));
  }

  private void hand(String matter, Body body) throws IOException {
    HttpURLConnection connection = connect(matter);
    try {
      int status = send(connection, body);
      if (status != Desk.TAKEN) {
        throw new IOException("the desk answers " + status);
      }
    } finally {
      connection.disconnect();
    }
  }

  private static int send(HttpURLConnection connection, Body body) throws IOException {
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    // Without a copy of it in memory.
    connection.setChunkedStreamingMode(0);
    try (OutputStream out = connection.getOutputStream()) {
      body.write(out);
    }
    return connection.getResponseCode();
  }

  /** Each request has a connection of its own. */
  @Override
  public void close() {}

  private HttpURLConnection connect(String matter) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(address + matter).toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    return connection;
  }
}
