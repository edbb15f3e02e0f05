package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.core.viewer.SessionRules;
import io.aircheck.core.viewer.ViewerRules;
import io.aircheck.deploy.flink.Opened;
import io.aircheck.deploy.flink.RecordType;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as keyed state: the fold, its timer, and what is known of its views until it is facts.
 * Timers that were due when a report was received run before it, however late that is here; those
 * of silent sessions run when the time of events has passed them. So a session comes to the same as
 * in one process, whatever the order of records of different sessions.
 */
final class SessionFunction<S extends Record, I, O extends Record, V extends Record>
    extends KeyedProcessFunction<String, HandedOver, O> {
  private static final long NEVER = Long.MAX_VALUE;

  private final ViewerSetup setup;

  /** Where views go that are complete. */
  private final OutputTag<V> complete;

  private transient @Nullable SessionRules<S, I, O> sessions;
  private transient @Nullable ViewLedger<O, V> views;
  private transient @Nullable ValueState<S> state;

  /** When the fold wants to be called. */
  private transient @Nullable ValueState<Long> due;

  /** When Flink calls: never later than anybody wants. */
  private transient @Nullable ValueState<Long> registered;

  private transient @Nullable Counter unreadable;

  SessionFunction(ViewerSetup setup, OutputTag<V> complete) {
    this.setup = setup;
    this.complete = complete;
  }

  @Override
  public void open(OpenContext context) {
    ViewerRules<S, O, V> rules = Rules.of(setup);
    SessionRules<S, I, O> opened = Rules.sessions(rules);
    sessions = opened;
    views = new ViewLedger<>(rules.views(), getRuntimeContext());
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("session", new RecordType<>(opened.stateType())));
    due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", Types.LONG));
    registered = getRuntimeContext().getState(new ValueStateDescriptor<>("registered", Types.LONG));
    unreadable = getRuntimeContext().getMetricGroup().addGroup("viewers").counter("unreadable");
  }

  @Override
  public void processElement(HandedOver element, Context context, Collector<O> out)
      throws Exception {
    SessionRules<S, I, O> rules = Opened.nonNull(sessions);
    List<I> reports;
    try {
      reports = rules.read(element.reports());
    } catch (IOException e) {
      Opened.nonNull(unreadable).inc();
      return;
    }
    Stepping stepping = new Stepping(element.session(), context, out);
    for (I report : reports) {
      long receivedMillis = rules.receivedMillis(report);
      stepping.passed(receivedMillis);
      stepping.took(rules.apply(stepping.current, report), receivedMillis);
    }
    stepping.done(context.timerService());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<O> out) throws Exception {
    Opened.nonNull(registered).clear();
    Stepping stepping = new Stepping(context.getCurrentKey(), context, out);
    stepping.passed(timestamp);
    for (V view : Opened.nonNull(views).due(timestamp)) {
      context.output(complete, view);
    }
    stepping.done(context.timerService());
  }

  /** Steps of one session within one call. */
  private final class Stepping {
    private final Context context;
    private final Collector<O> out;
    private S current;
    private long dueMillis;

    Stepping(String session, Context context, Collector<O> out) throws IOException {
      this.context = context;
      this.out = out;
      S known = Opened.nonNull(state).value();
      Long timer = Opened.nonNull(due).value();
      this.current = known == null ? Opened.nonNull(sessions).initial(session) : known;
      this.dueMillis = timer == null ? NEVER : timer;
    }

    /** Runs the timers that are due, each at its time. */
    void passed(long millis) throws Exception {
      while (dueMillis <= millis) {
        long at = dueMillis;
        took(Opened.nonNull(sessions).onTimer(current, at), at);
      }
    }

    void took(Step<S, O> step, long atMillis) throws Exception {
      current = step.state();
      dueMillis = step.timerMillis().orElse(NEVER);
      for (O output : step.outputs()) {
        out.collect(output);
        for (V view : Opened.nonNull(views).add(output, atMillis)) {
          context.output(complete, view);
        }
      }
    }

    void done(TimerService timers) throws Exception {
      if (Opened.nonNull(sessions).isForgotten(current)) {
        for (V view : Opened.nonNull(views).all()) {
          context.output(complete, view);
        }
        Opened.nonNull(state).clear();
        Opened.nonNull(due).clear();
        return;
      }
      Opened.nonNull(state).update(current);
      Opened.nonNull(due).update(dueMillis);
      long next = Math.min(dueMillis, Opened.nonNull(views).nextMillis());
      Long called = Opened.nonNull(registered).value();
      if (next != NEVER && (called == null || next < called)) {
        // One that was registered for later fires for nothing, which is cheaper than to delete it.
        timers.registerEventTimeTimer(next);
        Opened.nonNull(registered).update(next);
      }
    }
  }
}
