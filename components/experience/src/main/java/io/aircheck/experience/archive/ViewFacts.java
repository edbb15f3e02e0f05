package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.viewer.ViewRules;
import io.aircheck.experience.session.SessionDelta;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Facts of the table of sessions, made when a view or its hour is over. */
public final class ViewFacts implements ViewRules<SessionDelta, ViewFact> {
  private final ArchivePolicy policy =
      ArchivePolicy.keeping(Duration.ofDays(1), Duration.ofDays(1));

  @Override
  public Class<ViewFact> viewType() {
    return ViewFact.class;
  }

  @Override
  public FactLayout layout() {
    return SessionFacts.LAYOUT;
  }

  @Override
  public boolean isOf(ViewFact view, SessionDelta delta, long atMillis) {
    return view.isOf(policy.hourOf(delta.windowMillis(), atMillis), delta);
  }

  @Override
  public ViewFact with(@Nullable ViewFact view, SessionDelta delta, long atMillis) {
    return view == null
        ? ViewFact.of(policy.hourOf(delta.windowMillis(), atMillis), delta)
        : view.with(delta);
  }

  @Override
  public boolean isEnd(SessionDelta delta) {
    return delta.end() != null;
  }

  @Override
  public boolean isSameView(ViewFact view, SessionDelta delta) {
    return view.view() == delta.view() && view.session().equals(delta.session());
  }

  @Override
  public long dueMillis(ViewFact view) {
    return view.hourMillis() + ArchivePolicy.HOUR_MILLIS + policy.graceMillis();
  }

  @Override
  public Fact fact(ViewFact view) {
    return SessionFacts.of(view);
  }
}
