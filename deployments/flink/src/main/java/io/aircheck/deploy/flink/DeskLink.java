package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/**
 * The way from a job to its {@link Desk}, over HTTP. Thread-safe.
 *
 * @param address of the desk
 */
record DeskLink(URI address) implements StreamCatalogue, Recipient {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final RecordBytes<Orders> ORDERS = new RecordBytes<>(Orders.class);
  private static final RecordBytes<Delivery> DELIVERIES = new RecordBytes<>(Delivery.class);

  @Override
  public Orders read() throws IOException {
    HttpURLConnection connection = connect(Desk.ORDERS);
    try (InputStream body = connection.getInputStream()) {
      return ORDERS.deserialize(ORDERS.getVersion(), body.readAllBytes());
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
    HttpURLConnection connection = connect(Desk.DELIVERIES);
    try {
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      try (OutputStream body = connection.getOutputStream()) {
        body.write(DELIVERIES.serialize(delivery));
      }
      int status = connection.getResponseCode();
      if (status != Desk.TAKEN) {
        throw new IOException("the desk answers " + status);
      }
    } finally {
      connection.disconnect();
    }
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
