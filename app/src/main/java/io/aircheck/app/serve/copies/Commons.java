package io.aircheck.app.serve.copies;

import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.copies.StatusBoard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What this process and the other copies of a service have in common besides its store.
 *
 * @param id of this copy, unique to this run of the process
 * @param version of Aircheck that it is
 */
public record Commons(
    String id,
    String version,
    CopyDirectory directory,
    IncidentExchange exchange,
    StatusBoard board)
    implements AutoCloseable {

  /** An id that nobody has or had, that tells people which machine it is on. */
  public static String newId() {
    String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return hostName() + "-" + unique;
  }

  /** Name of this machine. */
  public static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public void close() {
    board.close();
    exchange.close();
    directory.close();
  }
}
