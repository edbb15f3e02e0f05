package io.aircheck.core.copies;

import io.aircheck.core.meter.Usage;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How what copies watch is doing, and what they use, for the others. Thread-safe; failures are
 * {@link io.aircheck.core.store.StoreException}s.
 */
public interface StatusBoard extends AutoCloseable {

  /**
   * How a share is.
   *
   * @param of the share, as it is assigned
   * @param cores that it uses; negative: not known yet
   * @param body the rest, as text
   */
  record Status(Assignment of, double cores, String body) {}

  /**
   * What is new.
   *
   * @param atMillis what to ask for next time
   */
  record News(List<Status> statuses, long atMillis) {}

  /**
   * What a copy uses.
   *
   * @param sinceStart of the copy. Of a stream that several copies divide, one of them counts the
   *     seconds
   * @param ofViewers what keeping what is known of viewers has used, since the start of the copy
   * @param streamGb memory that falls to each stream that it watches now, GB
   */
  record Use(Usage sinceStart, Usage ofViewers, double streamGb) {
    /** Copies of an older version do not tell of viewers. */
    public Use {
      ofViewers = Objects.requireNonNullElse(ofViewers, Usage.NONE);
    }
  }

  /** Replaces what is said of shares, unless they were assigned anew since. */
  void post(List<Status> statuses);

  /**
   * What was posted at or after a time of the board, and a little before it, since posts become
   * visible later than they are made.
   *
   * @param atMillis {@link News#atMillis} of the time before; 0: all
   */
  News since(long atMillis);

  /** Replaces what is said of a copy; of one that is not in the directory nothing is kept. */
  void post(String copy, Use use);

  /** What is said of copies whose lease runs, by id. */
  Map<String, Use> uses();

  /** Forgets shares that are not among these. */
  void retain(List<Assignment> current);

  @Override
  void close();
}
