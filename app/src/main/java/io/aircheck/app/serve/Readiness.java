package io.aircheck.app.serve;

import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.viewers.RolledViewers;
import io.aircheck.app.serve.viewers.ViewerIntake;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the service can do its work. Thread-safe. */
public final class Readiness {
  private final ServiceStore store;
  private final StreamRegistry registry;
  private final Incidents incidents;
  private final Optional<CopyMember> member;
  private final Optional<ViewerIntake> viewers;
  private final Optional<RolledViewers> rolled;

  /**
   * @param member empty: this process is the whole service
   * @param viewers empty: reports of viewers are not collected
   * @param rolled empty: what a job makes of reports is not read
   */
  Readiness(
      ServiceStore store,
      StreamRegistry registry,
      Incidents incidents,
      Optional<CopyMember> member,
      Optional<ViewerIntake> viewers,
      Optional<RolledViewers> rolled) {
    this.store = store;
    this.registry = registry;
    this.incidents = incidents;
    this.member = member;
    this.viewers = viewers;
    this.rolled = rolled;
  }

  /** What is wrong with the service itself, a line each; none: all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(registry.problems());
    incidents.problem().or(this::storeProblem).ifPresent(problems::add);
    member.ifPresent(copy -> problems.addAll(copy.problems()));
    viewers.flatMap(ViewerIntake::problem).ifPresent(problems::add);
    return problems;
  }

  /** What should be mended though the service does its work, a line each. */
  public List<String> shortcomings() {
    return Stream.of(
            member.flatMap(copy -> copy.gaps().problem()), rolled.flatMap(RolledViewers::problem))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Whether the store answers: a database may be away while nothing is to be written. */
  private Optional<String> storeProblem() {
    try {
      store.documents().find("ready", "");
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
