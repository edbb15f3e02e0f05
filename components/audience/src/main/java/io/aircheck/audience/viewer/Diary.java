package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Person;
import io.aircheck.audience.truth.TrueMeasure;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer lives through, as it is true and as his player tells it. Of one who leaves without
 * a word the truth is what had been told until then. Not thread-safe.
 */
final class Diary {
  private final Reporter reporter;
  private final Playout playout;

  /** Whether he will leave without a word. */
  private final boolean silent;

  private Person person;
  private Account account = new Account();

  /** The truth at the last report, and at the last one that was sent; kept of silent ones alone. */
  private @Nullable Account reported;

  private @Nullable Account told;

  Diary(Reporter reporter, Playout playout, boolean silent, Person person) {
    this.reporter = reporter;
    this.playout = playout;
    this.silent = silent;
    this.person = person;
  }

  /** The truth of the view so far. */
  Account account() {
    return account;
  }

  /** What the player counts itself, and when it sends. */
  Reporter reporter() {
    return reporter;
  }

  void report(String event, long now, Outbox outbox) {
    report(event, null, -1, now, outbox);
  }

  /**
   * Reports a picture.
   *
   * @param startupMillis of the first one; else -1
   */
  void reportPicture(long startupMillis, long now, Outbox outbox) {
    report("ps", null, startupMillis, now, outbox);
  }

  void reportError(String code, long now, Outbox outbox) {
    report("e", code, -1, now, outbox);
  }

  private void report(
      String event, @Nullable String errorCode, long startupMillis, long now, Outbox outbox) {
    account.add(TrueMeasure.REPORTS, 1);
    reporter.report(event, errorCode, startupMillis, playout, now);
    if (silent) {
      reported = account.copy();
    }
    if (reporter.isFull()) {
      flush(now, outbox);
    }
  }

  /** Sends what waits. */
  void flush(long now, Outbox outbox) {
    reporter.flush(outbox, now);
    told = reported;
  }

  /** The view is over, and the viewer begins another. */
  void turnOver(Person next, Outbox outbox) {
    outbox.over(person.cohort(), account.close());
    account = new Account();
    person = next;
    reporter.person(next);
  }

  /** The content is at its end, and all is told. */
  void end(long now, Outbox outbox) {
    report("ps", now, outbox);
    flush(now, outbox);
    outbox.over(person.cohort(), account.close());
  }

  /** He leaves. */
  void leave(long now, Outbox outbox) {
    if (!silent) {
      end(now, outbox);
      return;
    }
    Account known = told == null ? new Account() : told;
    known.add(TrueMeasure.UNTOLD_MILLIS, account.watchedMillis() - known.watchedMillis());
    outbox.over(person.cohort(), known.close());
  }
}
