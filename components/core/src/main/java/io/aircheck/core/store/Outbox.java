package io.aircheck.core.store;

import io.aircheck.core.notify.Notification;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Notifications from the moment their incident changed until a channel has them, or will never have
 * them. They enter by {@link IncidentStore#commit}. Thread-safe.
 *
 * <p>Delivery is at least once: a process that dies between the channel's answer and {@link
 * #settle} delivers again, with the same {@link Notification#key}.
 */
public interface Outbox {

  /** Where a notification stands. */
  enum Status {
    /** To be delivered. */
    PENDING,
    /** A channel has it. */
    DELIVERED,
    /** Given up; it can be sent again by hand. */
    DEAD;

    /** The word in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A notification with its fate.
   *
   * @param attempts attempts made
   * @param createdMillis when it was stored
   * @param nextAttemptMillis when it is due; meaningful while pending
   * @param settledMillis when it was delivered or given up
   * @param answer what the channel last said, one line; empty before the first attempt
   */
  record Entry(
      Notification notification,
      Status status,
      int attempts,
      long createdMillis,
      long nextAttemptMillis,
      OptionalLong settledMillis,
      String answer) {}

  /**
   * What to deliver now: of each incident and channel the oldest pending entry, if it is due; the
   * longest due first.
   *
   * @param exceptChannels channels to leave out
   */
  List<Entry> due(long nowMillis, Set<String> exceptChannels, int limit);

  /** When the next pending entry becomes due after a time; empty when none does. */
  OptionalLong nextDueMillis(long afterMillis);

  /**
   * What became of an attempt.
   *
   * @param status {@link Status#PENDING}: it is to be tried again
   * @param answer what the channel said, one line
   * @param millis when to try again, or when the entry was settled
   */
  record Outcome(String key, Status status, String answer, long millis) {}

  /**
   * Records outcomes of attempts, as a whole; several at once cost little more than one. Keys that
   * are not there any more are passed over.
   */
  void record(List<Outcome> outcomes);

  /**
   * Sends a dead entry again.
   *
   * @return whether there was a dead entry of that key
   */
  boolean revive(String key, long atMillis);

  /** One entry. */
  Optional<Entry> find(String key);

  /**
   * Entries, newest first.
   *
   * @param statuses empty: all
   * @param incident only those of an incident; empty: all
   */
  Page<Entry> list(
      Set<Status> statuses, Optional<String> incident, Optional<String> cursor, int limit);
}
