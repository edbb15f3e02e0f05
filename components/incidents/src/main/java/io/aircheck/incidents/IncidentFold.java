package io.aircheck.incidents;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentChange.Type;
import io.aircheck.core.incident.IncidentInput;
import io.aircheck.core.incident.IncidentRules;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.incidents.IncidentState.Active;
import io.aircheck.incidents.IncidentState.OpenFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes incidents of the observations of a stream: one for each cause, whatever renditions it is in
 * and however often it comes back before the recovery time is over. Findings that an open incident
 * explains belong to it instead of opening their own; findings that were to be expected are none.
 */
public final class IncidentFold implements IncidentRules<IncidentState> {

  /** The finding of an observation, if it is about one. */
  public static Optional<Finding> finding(Observation observation) {
    return switch (observation) {
      case Observation.Opened opened -> Optional.of(opened.finding());
      case Observation.Updated updated -> Optional.of(updated.finding());
      case Observation.Closed closed -> Optional.of(closed.finding());
      case Observation.Fingerprinted fingerprinted -> Optional.empty();
    };
  }

  @Override
  public Class<IncidentState> stateType() {
    return IncidentState.class;
  }

  @Override
  public IncidentState initial(String stream) {
    return IncidentState.NONE;
  }

  @Override
  public Step<IncidentState, IncidentChange> apply(IncidentState state, IncidentInput input) {
    Work work = new Work(state);
    switch (input) {
      case IncidentInput.Observed observed -> observe(work, observed);
      case IncidentInput.Rewatched rewatched -> rewatch(work, rewatched);
      case IncidentInput.Paused paused -> forgetFindings(work, OptionalLong.empty(), paused.kept());
      case IncidentInput.Unwatched unwatched -> unwatch(work, unwatched.atMillis());
      case IncidentInput.Commanded commanded -> command(work, commanded);
      case IncidentInput.Grouped grouped -> group(work, grouped);
      case IncidentInput.Reopened reopened -> reopen(work, reopened);
    }
    return work.step();
  }

  @Override
  public Step<IncidentState, IncidentChange> onTimer(IncidentState state, long timeMillis) {
    Work work = new Work(state);
    for (int i = work.active.size() - 1; i >= 0; i--) {
      Active active = work.active.get(i);
      OptionalLong deadline = active.deadlineMillis();
      if (deadline.isPresent() && deadline.getAsLong() <= timeMillis) {
        work.close(i, timeMillis);
      }
    }
    return work.step();
  }

  private static void observe(Work work, IncidentInput.Observed input) {
    StreamObservation observation = input.observation();
    if (observation.point() != StreamObservation.Point.MONITORED) {
      return;
    }
    Finding finding = finding(observation.observation()).orElse(null);
    if (finding == null) {
      return;
    }
    if (observation.observation() instanceof Observation.Closed) {
      closed(work, input, finding);
    } else {
      found(work, input, finding);
    }
  }

  private static void found(Work work, IncidentInput.Observed input, Finding finding) {
    Severity severity =
        input.policy().severities().getOrDefault(finding.kind(), finding.severity());
    if (finding.expected() || !severity.atLeast(input.policy().minSeverity())) {
      return;
    }
    long now = input.atMillis();
    OpenFinding open =
        new OpenFinding(
            finding.rendition(), finding.id(), now - Math.floorDiv(finding.endMicros(), 1000L));
    int at = work.holding(finding.rendition(), finding.id());
    if (at < 0) {
      at = work.about(finding.kind());
    }
    if (at < 0) {
      work.open(newIncident(work, input.stream(), finding, severity, now), open, now);
    } else {
      work.join(at, open, finding, severity, now);
    }
  }

  private static void closed(Work work, IncidentInput.Observed input, Finding finding) {
    int at = work.holding(finding.rendition(), finding.id());
    if (at >= 0) {
      work.leave(at, finding, input.atMillis(), input.policy().recoveryMillis());
    }
  }

  private static Incident newIncident(
      Work work, String stream, Finding finding, Severity severity, long now) {
    return new Incident(
        Incident.id(stream, finding.kind(), now),
        stream,
        finding.kind(),
        Incident.State.OPEN,
        severity,
        finding.confidence(),
        now - finding.durationMicros() / 1000,
        now,
        now,
        1,
        finding.rendition() == null ? List.of() : List.of(finding.rendition()),
        List.of(finding.kind()),
        finding.measurements(),
        finding.message(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        1);
  }

  /** Tasks that start afresh do not close what the ones before them had opened. */
  private static void rewatch(Work work, IncidentInput.Rewatched input) {
    forgetFindings(
        work, OptionalLong.of(input.atMillis() + input.policy().recoveryMillis()), input.kept());
  }

  /**
   * @param deadline when what is open is over unless a finding comes; empty: it stays open
   * @param kept beginnings of the ids of findings that are not forgotten
   */
  private static void forgetFindings(Work work, OptionalLong deadline, Set<String> kept) {
    for (int i = 0; i < work.active.size(); i++) {
      Active active = work.active.get(i);
      List<OpenFinding> left =
          active.findings().stream()
              .filter(open -> kept.stream().anyMatch(open.id()::startsWith))
              .toList();
      work.active.set(
          i, new Active(active.incident(), left, left.isEmpty() ? deadline : OptionalLong.empty()));
    }
  }

  private static void unwatch(Work work, long now) {
    for (int i = work.active.size() - 1; i >= 0; i--) {
      work.close(i, now);
    }
  }

  private static void command(Work work, IncidentInput.Commanded input) {
    int at = work.withId(input.incident());
    if (at < 0) {
      return;
    }
    Active active = work.active.get(at);
    IncidentEditor edit = new IncidentEditor(active.incident());
    Type type =
        switch (input.command()) {
          case ACKNOWLEDGE -> {
            edit.acknowledge(input.by(), input.atMillis());
            yield Type.ACKNOWLEDGED;
          }
          case NOTE -> Type.NOTED;
          case CLOSE -> {
            edit.state(Incident.State.CLOSED);
            yield Type.CLOSED;
          }
        };
    if (!input.text().isEmpty()) {
      edit.note(input.by(), input.atMillis(), input.text());
    }
    Incident changed = edit.done();
    if (changed.state() == Incident.State.CLOSED && active.findings().isEmpty()) {
      work.active.remove(at);
    } else {
      work.active.set(at, new Active(changed, active.findings(), active.deadlineMillis()));
    }
    work.changes.add(new IncidentChange(type, changed, input.atMillis()));
  }

  private static void group(Work work, IncidentInput.Grouped input) {
    int at = work.withId(input.incident());
    if (at >= 0) {
      Active active = work.active.get(at);
      Incident joined = new IncidentEditor(active.incident()).group(input.group()).done();
      work.active.set(at, new Active(joined, active.findings(), active.deadlineMillis()));
      work.changes.add(new IncidentChange(Type.UPDATED, joined, input.atMillis()));
    }
  }

  private static void reopen(Work work, IncidentInput.Reopened input) {
    int at = work.withId(input.incident().id());
    List<OpenFinding> findings = at < 0 ? List.of() : work.active.get(at).findings();
    Incident before = at < 0 ? input.incident() : work.active.get(at).incident();
    if (before.state() != Incident.State.CLOSED) {
      return;
    }
    IncidentEditor edit =
        new IncidentEditor(before)
            .state(findings.isEmpty() ? Incident.State.RECOVERING : Incident.State.OPEN);
    // Whoever is told that it is open again has to be told of its end, too.
    before.group().ifPresent(group -> edit.group(new Incident.Group(group.id(), true)));
    Incident opened = edit.done();
    OptionalLong deadline =
        findings.isEmpty()
            ? OptionalLong.of(input.atMillis() + input.policy().recoveryMillis())
            : OptionalLong.empty();
    Active active = new Active(opened, findings, deadline);
    if (at < 0) {
      work.active.add(active);
    } else {
      work.active.set(at, active);
    }
    work.changes.add(new IncidentChange(Type.REOPENED, opened, input.atMillis()));
  }

  /** A step in the making. */
  private static final class Work {
    private final List<Active> active;
    private final List<IncidentChange> changes = new ArrayList<>();

    Work(IncidentState state) {
      active = new ArrayList<>(state.active());
    }

    Step<IncidentState, IncidentChange> step() {
      IncidentState next = new IncidentState(active);
      return new Step<>(next, changes, next.nextDeadlineMillis());
    }

    /** The incident that has an open finding, or -1. */
    int holding(@Nullable String rendition, String finding) {
      for (int i = 0; i < active.size(); i++) {
        if (active.get(i).findings().stream().anyMatch(open -> open.is(rendition, finding))) {
          return i;
        }
      }
      return -1;
    }

    /**
     * The incident that a finding of a kind belongs to: its own, or one that explains it; or -1.
     */
    int about(String kind) {
      int explaining = -1;
      for (int i = 0; i < active.size(); i++) {
        Incident incident = active.get(i).incident();
        if (incident.cause().equals(kind)) {
          return i;
        }
        if (incident.state() == Incident.State.OPEN && Causes.explains(incident.cause(), kind)) {
          explaining = i;
        }
      }
      return explaining;
    }

    int withId(String id) {
      for (int i = 0; i < active.size(); i++) {
        if (active.get(i).incident().id().equals(id)) {
          return i;
        }
      }
      return -1;
    }

    /** A new incident; those that it explains are told so. */
    void open(Incident incident, OpenFinding finding, long now) {
      changes.add(new IncidentChange(Type.OPENED, incident, now));
      for (int i = 0; i < active.size(); i++) {
        Active other = active.get(i);
        boolean explained =
            other.incident().explainedBy().isEmpty()
                && !other.closedByHand()
                && Causes.explains(incident.cause(), other.incident().cause());
        if (explained) {
          Incident told = new IncidentEditor(other.incident()).explainedBy(incident.id()).done();
          active.set(i, new Active(told, other.findings(), other.deadlineMillis()));
          changes.add(new IncidentChange(Type.UPDATED, told, now));
        }
      }
      active.add(new Active(incident, List.of(finding), OptionalLong.empty()));
    }

    /** A finding of an incident that is known. */
    void join(int at, OpenFinding finding, Finding details, Severity severity, long now) {
      Active before = active.get(at);
      List<OpenFinding> findings = new ArrayList<>(before.findings());
      findings.removeIf(open -> open.is(finding.rendition(), finding.id()));
      findings.add(finding);
      IncidentEditor edit = new IncidentEditor(before.incident()).seen(details, severity, now);
      boolean recurred = before.incident().state() == Incident.State.RECOVERING;
      if (recurred) {
        edit.state(Incident.State.OPEN).recurred();
      }
      boolean tell = !before.closedByHand() && (recurred || edit.visiblyChanged());
      Incident after = tell ? edit.done() : edit.quietly();
      active.set(at, new Active(after, findings, OptionalLong.empty()));
      if (tell) {
        changes.add(new IncidentChange(recurred ? Type.RECURRED : Type.UPDATED, after, now));
      }
    }

    /** A finding of an incident is over. */
    void leave(int at, Finding details, long now, long recoveryMillis) {
      Active before = active.get(at);
      List<OpenFinding> findings = new ArrayList<>(before.findings());
      long endMillis = now;
      for (OpenFinding open : before.findings()) {
        if (open.is(details.rendition(), details.id())) {
          endMillis = Math.min(now, open.mediaOriginMillis() + details.endMicros() / 1000);
          findings.remove(open);
        }
      }
      IncidentEditor edit = new IncidentEditor(before.incident()).lastSeen(endMillis);
      if (!findings.isEmpty()) {
        active.set(at, new Active(edit.quietly(), findings, OptionalLong.empty()));
      } else if (before.closedByHand()) {
        active.remove(at);
      } else {
        Incident after = edit.state(Incident.State.RECOVERING).done();
        active.set(at, new Active(after, findings, OptionalLong.of(now + recoveryMillis)));
        changes.add(new IncidentChange(Type.RECOVERING, after, now));
      }
    }

    /** An incident is over. */
    void close(int at, long now) {
      Active before = active.remove(at);
      if (before.closedByHand()) {
        return;
      }
      Incident after = new IncidentEditor(before.incident()).state(Incident.State.CLOSED).done();
      changes.add(new IncidentChange(Type.CLOSED, after, now));
    }
  }
}
