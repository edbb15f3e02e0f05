package io.aircheck.deploy.flink;

import io.aircheck.core.media.RequestLog;
import java.util.List;

/** What comes of an errand, but for the bytes of a clip, which are sent as they are. */
sealed interface ErrandAnswer {
  /** There is nothing of what was wanted. */
  record Nothing() implements ErrandAnswer {}

  /**
   * It could not be done.
   *
   * @param why one line
   */
  record Failed(String why) implements ErrandAnswer {}

  /** The latest requests, oldest first. */
  record Exchanges(List<RequestLog.Exchange> latest) implements ErrandAnswer {
    public Exchanges {
      latest = List.copyOf(latest);
    }
  }
}
