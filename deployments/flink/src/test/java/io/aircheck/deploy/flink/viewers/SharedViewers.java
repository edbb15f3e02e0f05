package io.aircheck.deploy.flink.viewers;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.viewer.FactOutlet;
import io.aircheck.core.viewer.RollupRules;
import io.aircheck.core.viewer.RollupSink;
import io.aircheck.core.viewer.SessionRules;
import io.aircheck.core.viewer.ViewRules;
import io.aircheck.core.viewer.ViewerRules;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A setup that stays in this process: what travels with the job is a name for it.
 *
 * @param name of what is shared
 */
record SharedViewers(String name) implements ViewerSetup {
  /**
   * What is shared.
   *
   * @param failing whether the worker that reads next is to fail
   */
  private record Shared(
      ViewerRules<?, ?, ?> rules,
      Supplier<? extends RollupSink> rollups,
      Supplier<? extends FactOutlet> facts,
      AtomicBoolean failing) {}

  private static final Map<String, Shared> ALL = new ConcurrentHashMap<>();

  static SharedViewers of(
      ViewerRules<?, ?, ?> rules,
      Supplier<? extends RollupSink> rollups,
      Supplier<? extends FactOutlet> facts) {
    String name = UUID.randomUUID().toString();
    ALL.put(name, new Shared(rules, rollups, facts, new AtomicBoolean()));
    return new SharedViewers(name);
  }

  private Shared shared() {
    Shared shared = ALL.get(name);
    if (shared == null) {
      throw new IllegalStateException("of another process");
    }
    return shared;
  }

  /** Whoever reads next fails. */
  void fail() {
    shared().failing().set(true);
  }

  /** Whether somebody has failed since. */
  boolean hasFailed() {
    return !shared().failing().get();
  }

  @Override
  public ViewerRules<?, ?, ?> rules() {
    return failing(shared().rules());
  }

  private <S extends Record, O extends Record, V extends Record> ViewerRules<S, O, V> failing(
      ViewerRules<S, O, V> rules) {
    SessionRules<S, ?, O> sessions = failing(rules.sessions());
    return new ViewerRules<>() {
      @Override
      public SessionRules<S, ?, O> sessions() {
        return sessions;
      }

      @Override
      public RollupRules<O> rollups() {
        return rules.rollups();
      }

      @Override
      public ViewRules<O, V> views() {
        return rules.views();
      }
    };
  }

  private <S extends Record, I, O extends Record> SessionRules<S, I, O> failing(
      SessionRules<S, I, O> rules) {
    AtomicBoolean failing = shared().failing();
    return new SessionRules<>() {
      @Override
      public List<I> read(byte[] handedOver) throws IOException {
        if (failing.getAndSet(false)) {
          throw new IllegalStateException("as it was told to");
        }
        return rules.read(handedOver);
      }

      @Override
      public Class<S> stateType() {
        return rules.stateType();
      }

      @Override
      public Class<O> outputType() {
        return rules.outputType();
      }

      @Override
      public long receivedMillis(I report) {
        return rules.receivedMillis(report);
      }

      @Override
      public boolean isForgotten(S state) {
        return rules.isForgotten(state);
      }

      @Override
      public String key(I report) {
        return rules.key(report);
      }

      @Override
      public S initial(String session) {
        return rules.initial(session);
      }

      @Override
      public Step<S, O> apply(S state, I report) {
        return rules.apply(state, report);
      }

      @Override
      public Step<S, O> onTimer(S state, long timeMillis) {
        return rules.onTimer(state, timeMillis);
      }
    };
  }

  @Override
  public RollupSink rollups() {
    return shared().rollups().get();
  }

  @Override
  public FactOutlet facts(Meter meter) {
    return shared().facts().get();
  }
}
