package io.aircheck.experience.logs;

import io.aircheck.experience.cmcd.CmcdRequests;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes reports of the lines of a log. A request arrived when the server got it, not when the log
 * came: its time is right, and its lateness is that of the log. Not thread-safe.
 */
public final class LogReports {
  /** The channel of all requests. */
  public static final String CHANNEL = "requests";

  private final LogFormat format;
  private final CmcdRequests requests;
  private final Arrivals arrivals;
  private final Map<String, String> told;

  /**
   * A reader.
   *
   * @param told attributes of everything in the log, such as the delivery network that wrote it
   */
  public LogReports(
      LogFormat format, CmcdRequests requests, Arrivals arrivals, Map<String, String> told) {
    this.format = format;
    this.requests = requests;
    this.arrivals = arrivals;
    this.told = Map.copyOf(told);
  }

  /** Reads of lines only what says something of those that follow: names of columns. */
  public void heading(byte[] lines) {
    String said =
        new String(lines, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("#"))
            .collect(Collectors.joining("\n"));
    format.read(said.getBytes(StandardCharsets.UTF_8), request -> {}, () -> {});
  }

  /** Reads whole lines. Requests without data of a player are passed over. */
  public void read(byte[] lines, ReportReceiver receiver) {
    format.read(
        lines, request -> take(request, receiver), () -> receiver.rejected(Rejection.MALFORMED));
  }

  private void take(LoggedRequest request, ReportReceiver receiver) {
    if (!request.maySayMore()) {
      return;
    }
    Arrival arrival =
        arrivals.of(request.millis(), CHANNEL, request.sender(), told, request.location());
    if (arrival == null) {
      receiver.rejected(Rejection.OPTED_OUT);
      return;
    }
    requests.read(
        request.millis(), request.query(), request.headers(), delivery(request), arrival, receiver);
  }

  private static @Nullable Delivery delivery(LoggedRequest request) {
    String path = request.path();
    if (path == null) {
      return null;
    }
    return Delivery.of(
        request.host() == null ? path : "https://" + request.host() + path,
        request.status(),
        request.firstByteMillis(),
        request.lastByteMillis());
  }
}
