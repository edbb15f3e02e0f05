package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.LeaderDesk;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Share;
import io.aircheck.core.store.IncidentStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where this copy leads from while it has the lead: a {@link Leader} for each term. One thread;
 * what others read may be read by any.
 */
final class LeaderSeat {
  private static final int CLEANING_LOOKS = 60;
  private static final long FORGET_DEAD_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * What incidents are made with.
   *
   * @param facts what they want to know of streams
   * @param routing who is told of them
   * @param clock wall-clock milliseconds since the epoch
   * @param lateness longest that an input is on its way
   */
  record Work(
      IncidentStore store,
      IncidentDesk.Streams facts,
      Supplier<Routing> routing,
      LongSupplier clock,
      Duration lateness) {}

  private final Work work;
  private final Commons commons;
  private final InputSender sender;
  private final Fleet fleet;
  private final Contact contact;
  private final Host host;
  private volatile List<Share> waiting = List.of();
  private volatile Optional<String> problem = Optional.empty();
  private volatile @Nullable Leader leader;
  private long looks;

  LeaderSeat(
      Work work, Commons commons, InputSender sender, Fleet fleet, Contact contact, Host host) {
    this.work = work;
    this.commons = commons;
    this.sender = sender;
    this.fleet = fleet;
    this.contact = contact;
    this.host = host;
  }

  /** Shares that no copy watches; empty while another copy leads. */
  List<Share> waiting() {
    return waiting;
  }

  /** What keeps incidents from being stored; empty when all is well, or another copy leads. */
  Optional<String> problem() {
    return problem;
  }

  /** Whether it leads in this term, rather than not at all or still in an earlier one. */
  boolean leadsIn(OptionalLong term) {
    Leader known = leader;
    return known != null && term.isPresent() && term.getAsLong() == known.term();
  }

  /**
   * Leads, as far as that is this copy's business.
   *
   * @param term the term in which it has the lead; empty: another copy has it
   * @throws io.aircheck.core.store.StoreException when what the copies have in common is away
   */
  void look(OptionalLong term) {
    Leader known = leader;
    if (known != null && (term.isEmpty() || term.getAsLong() != known.term())) {
      leave();
      known = null;
    }
    if (known == null && term.isPresent()) {
      known = begin(term.getAsLong());
    }
    if (known == null) {
      return;
    }
    if (looks++ % CLEANING_LOOKS == 0) {
      commons.board().retain(fleet.assignments());
      // Copies that died long ago are of no interest.
      contact
          .deadFor(fleet.members(), FORGET_DEAD_NANOS)
          .forEach(dead -> commons.directory().leave(dead));
    }
    if (!known.look(host.due(), host.policies(), host.keepsViewers(), contact.isSteady())) {
      leave();
      return;
    }
    waiting = known.waiting();
    problem = known.desk().problem();
  }

  private Leader begin(long term) {
    LeaderDesk desk =
        new LeaderDesk(
            commons.exchange(),
            work.store(),
            term,
            sent ->
                InputText.read(
                    sent,
                    work.facts()::policy,
                    stream ->
                        commons.directory().assignments(ViewersShare.of(stream)).stream()
                            .map(Assignment::epoch)
                            .collect(Collectors.toSet())),
            work.facts(),
            work.routing(),
            work.clock(),
            work.lateness(),
            host::deliver,
            host::log);
    Leader next = new Leader(commons.directory(), sender, fleet, work.clock(), term, desk);
    leader = next;
    host.log("this copy leads");
    host.lead(true);
    return next;
  }

  /** Leads no more. */
  void leave() {
    Leader known = leader;
    if (known != null) {
      leader = null;
      waiting = List.of();
      problem = Optional.empty();
      known.close();
      host.lead(false);
      host.log("this copy does not lead any more");
    }
  }
}
