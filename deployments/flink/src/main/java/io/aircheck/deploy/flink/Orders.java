package io.aircheck.deploy.flink;

import java.util.List;

/**
 * Everything that a job is to do.
 *
 * @param teller names who says so: another one was not told what came of the streams before
 * @param edition another one whenever the teller says something else
 * @param streams streams to watch; all others are stopped
 * @param last whether nothing comes after these streams: the job ends when they have
 */
record Orders(String teller, long edition, List<StreamOrder> streams, boolean last) {
  /** Nothing, yet. */
  static final Orders NONE = new Orders("", 0, List.of(), false);

  Orders {
    streams = List.copyOf(streams);
  }

  /** The same for the same orders, and for no others. */
  String tag() {
    return "\"%s-%d\"".formatted(teller, edition);
  }
}
