package io.aircheck.core.copies;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which copies there are, who leads them, and who watches what. Leases are judged by one clock
 * only, that of the directory, so copies whose clocks differ agree. Thread-safe; failures are
 * {@link io.aircheck.core.store.StoreException}s.
 */
public interface CopyDirectory extends AutoCloseable {

  /**
   * A copy as the directory knows it.
   *
   * @param draining it is to give away what it watches
   * @param alive its lease runs
   */
  record Member(Copy copy, boolean draining, boolean alive) {}

  /**
   * A wish of the leader.
   *
   * @param share see {@link Assignment#share}
   */
  record Place(String stream, String share, String copy) {}

  /** Enters a copy, or changes what is known of it, and starts its lease. */
  void join(Copy copy, Duration lease);

  /**
   * Renews the lease of a copy.
   *
   * @return false when the lease has run out or the copy is not known: it has to join anew, and may
   *     go on watching only what is still assigned to it then
   */
  boolean renew(String copy, Duration lease);

  /** Marks a copy that is to give away what it watches. */
  void drain(String copy);

  /** Removes a copy; what it watches stays assigned to it until the leader places it anew. */
  void leave(String copy);

  /** All copies by id, also those whose lease has run out. */
  List<Member> members();

  /**
   * Takes the lead when nobody holds it, or renews it.
   *
   * @return the term, which grows with each change of the leader; empty: another one leads
   */
  OptionalLong lead(String copy, Duration lease);

  /** Who leads now. */
  Optional<String> leader();

  /** Gives the lead back, if the copy has it, so that another one need not wait for its end. */
  void resign(String copy);

  /**
   * Replaces all assignments. Shares that stay where they are keep their epochs.
   *
   * @return false when the term is over, and nothing has changed
   * @throws IllegalArgumentException when a share of a stream is placed twice
   */
  boolean assign(long term, List<Place> places);

  /** All assignments, by stream and share. */
  List<Assignment> assignments();

  /** Assignments of the shares of a stream. */
  List<Assignment> assignments(String stream);

  /**
   * Whether a copy still watches a share: its lease runs, and nobody was given the share since.
   * What is stored in its name must be stored only then.
   */
  boolean holds(Assignment assignment);

  /** Tells the other copies that what they read of streams and mutes has changed. */
  void announceChange();

  /** Counts announced changes. */
  long changes();

  @Override
  void close();
}
