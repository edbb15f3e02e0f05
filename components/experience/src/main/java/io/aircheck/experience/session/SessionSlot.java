package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.report.ViewerReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a process keeps what it knows of a session: arrays that are written over with each state.
 *
 * <p>States are immutable and a session has a new one with each report, so each would be there from
 * one report to the next: with a million sessions the collector of garbage would copy them all, and
 * stop everybody meanwhile. What is in a slot stays where it is, and states are there only while
 * somebody works with them. Not thread-safe.
 */
public final class SessionSlot {
  private final Cohorts cohorts;
  private long[] numbers = new long[48];
  private @Nullable Object[] references = new @Nullable Object[6];

  SessionSlot(Cohorts cohorts, SessionState first) {
    this.cohorts = cohorts;
    keep(first);
  }

  /** Keeps a state, instead of the one before. */
  public void keep(SessionState state) {
    SlotWriter out = new SlotWriter(numbers, references);
    out.reference(state.session());
    out.reference(state.correction());
    out.number(state.heardMillis());
    state.clock().write(out);
    state.told().write(out);
    state.view().write(out);
    out.pair(state.channels().size(), state.waiting().size());
    for (Channel channel : state.channels()) {
      channel.write(out);
    }
    for (ViewerReport report : state.waiting()) {
      WaitingReport.write(report, cohorts, out);
    }
    out.end();
    numbers = out.numbers();
    references = out.references();
  }

  /** The state that was kept last. */
  public SessionState state() {
    SlotReader in = new SlotReader(numbers, references);
    String session = in.reference();
    SessionCorrection correction = in.reference();
    long heardMillis = in.number();
    ClientClock clock = ClientClock.read(in);
    Told told = Told.read(in);
    View view = View.read(in);
    int channels = in.first();
    int waiting = in.second();
    return new SessionState(
        session,
        clock,
        channels(in, channels),
        waiting(session, in, waiting),
        told,
        correction,
        view,
        heardMillis);
  }

  private static List<Channel> channels(SlotReader in, int count) {
    List<Channel> channels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      channels.add(Channel.read(in));
    }
    return channels;
  }

  private static List<ViewerReport> waiting(String session, SlotReader in, int count) {
    List<ViewerReport> waiting = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      waiting.add(WaitingReport.read(session, in));
    }
    return waiting;
  }

  static void write(Measures measures, SlotWriter out) {
    Measures.Sums sums = measures.form();
    out.number(sums.present());
    for (long sum : sums.sums()) {
      out.number(sum);
    }
  }

  static Measures measures(SlotReader in) {
    long present = in.number();
    long[] sums = new long[Long.bitCount(present)];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = in.number();
    }
    return new Measures.Sums(present, sums).value();
  }
}
