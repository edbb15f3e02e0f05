package io.aircheck.deploy.flink;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * What an {@link OrderDesk} wants, read over HTTP.
 *
 * @param address where it is told
 */
record HttpCatalogue(URI address) implements StreamCatalogue {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final RecordBytes<Orders> BYTES = new RecordBytes<>(Orders.class);

  @Override
  public Orders read() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try (InputStream body = connection.getInputStream()) {
      return BYTES.deserialize(BYTES.getVersion(), body.readAllBytes());
    } finally {
      connection.disconnect();
    }
  }
}
