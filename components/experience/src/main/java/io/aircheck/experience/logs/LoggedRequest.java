package io.aircheck.experience.logs;

import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of one request.
 *
 * @param millis when it was, milliseconds since the epoch
 * @param host that it was sent to; null: not told
 * @param path without query; null: not told
 * @param query as it was sent, without question mark; null: none
 * @param headers values of the headers with common media client data
 * @param status HTTP status of the answer; 0: the viewer went before it; -1: not told
 * @param firstByteMillis until the server sent the first byte; -1: not told
 * @param lastByteMillis until it sent the last; -1: not told
 * @param sender who sent it
 * @param location where the log says that he is
 */
public record LoggedRequest(
    long millis,
    @Nullable String host,
    @Nullable String path,
    @Nullable String query,
    List<String> headers,
    int status,
    long firstByteMillis,
    long lastByteMillis,
    Sender sender,
    Location location) {

  public LoggedRequest {
    headers = List.copyOf(headers);
  }

  /** Whether there may be anything about playback in it. */
  boolean maySayMore() {
    return !headers.isEmpty() || query != null && query.contains("CMCD=");
  }
}
