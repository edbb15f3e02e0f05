package io.aircheck.experience.cmcd;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what players send with their requests, in headers or in the query; headers win where there
 * are both. Not thread-safe.
 */
public final class CmcdRequests {
  /** Names of the headers that carry the data, in lower case. */
  public static final List<String> HEADERS =
      List.of("cmcd-request", "cmcd-object", "cmcd-status", "cmcd-session");

  private final CmcdParser parser;
  private final CmcdMapping mapping;
  private final CmcdRecord record = new CmcdRecord();

  /** A reader. */
  public CmcdRequests(CmcdParser parser, CmcdMapping mapping) {
    this.parser = parser;
    this.mapping = mapping;
  }

  /**
   * Reads the data of a request. A request without any is not one of a player that tells: nothing
   * is told then.
   *
   * @param millis when it was, milliseconds since the epoch
   * @param query of its address, without question mark, as it was sent; null: none
   * @param headers values of those headers of {@link #HEADERS} that it had
   * @param delivery how it went
   * @return whether there was any data
   */
  public boolean read(
      long millis,
      @Nullable String query,
      List<String> headers,
      @Nullable Delivery delivery,
      Arrival arrival,
      ReportReceiver receiver) {
    record.clear();
    int length = 0;
    for (String header : headers) {
      length += header.length();
      if (length <= CmcdReports.MAX_RECORD_BYTES) {
        parse(header.getBytes(StandardCharsets.UTF_8));
      }
    }
    if (length == 0) {
      byte[] set = query == null ? null : CmcdQuery.set(query);
      if (set == null) {
        return false;
      }
      length = set.length;
      if (length <= CmcdReports.MAX_RECORD_BYTES) {
        parse(set);
      }
    }
    if (length > CmcdReports.MAX_RECORD_BYTES) {
      receiver.rejected(Rejection.TOO_LARGE);
    } else {
      mapping.request(record, millis, delivery, arrival, receiver);
    }
    return true;
  }

  private void parse(byte[] set) {
    parser.parse(set, 0, set.length, record);
  }
}
