package io.aircheck.app.viewers;

import java.util.concurrent.atomic.LongAdder;

/** What became of reports. Thread-safe. */
final class SentCounters {
  final LongAdder accepted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder stopped = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder throttled = new LongAdder();
  final LongAdder retried = new LongAdder();

  /** They as they are now. */
  Sent now() {
    return new Sent(
        accepted.sum(), refused.sum(), stopped.sum(), failed.sum(), throttled.sum(), retried.sum());
  }
}
