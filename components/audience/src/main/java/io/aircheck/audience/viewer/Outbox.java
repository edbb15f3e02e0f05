package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.truth.Sums;
import io.aircheck.audience.truth.Toll;

/** Where a viewer leaves what he does. Called on the thread that lets him go on. */
public interface Outbox {
  /** His player sends something. */
  void send(Post post);

  /** A view is over, and this is the truth of it. */
  void over(Cohort cohort, Sums truth);

  /** A fault of the stream does something to him. */
  void suffered(Fault fault, Toll toll);
}
