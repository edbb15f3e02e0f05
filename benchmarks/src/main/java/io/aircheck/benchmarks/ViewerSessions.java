package io.aircheck.benchmarks;

import io.aircheck.core.fold.Fold.Step;
import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.session.SessionState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What sessions of viewers cost in memory and CPU: each reports every 30 s, with a stall or a
 * switch now and then. Prints CPU a report of the fold with all its timers, CPU a delta of the cube
 * of the last hour, packing its windows included, and bytes a session. Reports are objects already:
 * no parsing, no HTTP.
 *
 * <p>{@code ViewerSessions SESSIONS ROUNDS}
 */
public final class ViewerSessions {
  private static final long START = 1_800_000_000_000L;
  private static final long INTERVAL_MILLIS = 30_000;
  private static final int BATCH = 5_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SessionFold fold = new SessionFold(SessionPolicy.DEFAULT);
  private final Map<String, Running> sessions = new HashMap<>();
  private final Cube cube;
  private final int count;

  private long foldNanos;
  private long cubeNanos;
  private long steps;
  private long deltas;

  /** A session with its timer, as a runtime keeps it. */
  private static final class Running {
    private SessionState state;
    private OptionalLong timer = OptionalLong.empty();

    Running(SessionState state) {
      this.state = state;
    }
  }

  private ViewerSessions(int count, Cube cube) {
    this.count = count;
    this.cube = cube;
  }

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    long empty = heapBytes();
    Cube cube = new Cube(CubeSpec.lastHour());
    ViewerSessions run = new ViewerSessions(count, cube);
    for (int round = 0; round < rounds; round++) {
      run.round(round);
    }
    run.settle();
    long all = heapBytes();
    int windows = cube.windows().size();
    run.sessions.clear();
    long cubes = heapBytes() - empty;
    System.out.printf(
        "%d sessions: %.0f bytes each, with their ids and timers; cube: %.1f MB for %d windows%n",
        count, (all - empty - cubes) / (double) count, cubes / 1e6, windows);
  }

  private void round(int round) {
    foldNanos = 0;
    cubeNanos = 0;
    steps = 0;
    deltas = 0;
    for (int first = 0; first < count; first += BATCH) {
      List<ViewerReport> reports = new ArrayList<>();
      for (int i = first; i < Math.min(count, first + BATCH); i++) {
        reports.add(report(i, round));
      }
      List<SessionDelta> told = new ArrayList<>();
      long begun = THREADS.getCurrentThreadCpuTime();
      reports.forEach(report -> take(report, told));
      long folded = THREADS.getCurrentThreadCpuTime();
      cube.add(told);
      cube.tidy();
      cubeNanos += THREADS.getCurrentThreadCpuTime() - folded;
      foldNanos += folded - begun;
      deltas += told.size();
    }
    System.out.printf(
        "round %d: %.2f us CPU a report in the fold (%.2f steps), %.2f deltas a report, %.2f us CPU"
            + " a delta in the cube%n",
        round,
        foldNanos / 1e3 / count,
        steps / (double) count,
        deltas / (double) count,
        cubeNanos / 1e3 / Math.max(1.0, deltas));
  }

  private void take(ViewerReport report, List<SessionDelta> told) {
    Running running =
        sessions.computeIfAbsent(report.session(), id -> new Running(fold.initial(id)));
    while (running.timer.isPresent() && running.timer.getAsLong() <= report.receivedMillis()) {
      step(running, fold.onTimer(running.state, running.timer.getAsLong()), told);
    }
    step(running, fold.apply(running.state, report), told);
  }

  private void step(
      Running running, Step<SessionState, SessionDelta> step, List<SessionDelta> told) {
    running.state = step.state();
    running.timer = step.timerMillis();
    told.addAll(step.outputs());
    steps++;
  }

  /** Lets the last reports be taken in, as most are at any time. */
  private void settle() {
    for (Running running : sessions.values()) {
      long settled = running.state.heardMillis() + SessionPolicy.DEFAULT.reorderMillis();
      while (running.timer.isPresent() && running.timer.getAsLong() <= settled) {
        step(running, fold.onTimer(running.state, running.timer.getAsLong()), new ArrayList<>());
      }
    }
  }

  /** A report of a session in a round, of texts of its own as a reader makes them. */
  private ViewerReport report(int number, int round) {
    long received = START + round * INTERVAL_MILLIS + INTERVAL_MILLIS * number / count;
    int chance = (number * 31 + round * 17) & 63;
    FactsBuilder facts =
        Facts.facts()
            .state(chance == 1 ? PlayerState.REBUFFERING : PlayerState.PLAYING)
            .content(text("channel-" + number % 40))
            .bitrateKbps(chance < 8 ? 1_500 : 3_000)
            .topBitrateKbps(6_000)
            .height(chance < 8 ? 480 : 720)
            .liveLatencyMillis(4_000L + number % 4_000)
            .bufferMillis(8_000L)
            .droppedFrames((long) round)
            .stalls((long) round / 64)
            .stalledMillis(round * 10L);
    if (round == 0) {
      facts.state(PlayerState.STARTING);
    }
    Map<String, String> attributes =
        Map.ofEntries(
            attribute(Attributes.CDN, "cdn-" + number % 3),
            attribute(Attributes.COUNTRY, "C" + number % 60),
            attribute(Attributes.NETWORK, "AS" + number % 700),
            attribute(Attributes.DEVICE, "device-" + number % 5),
            attribute(Attributes.SYSTEM, "os-" + number % 7),
            attribute(Attributes.BROWSER, "browser-" + number % 6),
            attribute(Attributes.PLAYER, "player-" + number % 4),
            attribute(Attributes.PLAYER_VERSION, "1." + number % 30),
            attribute(Attributes.APP_VERSION, "7." + number % 20));
    String id =
        UUID.nameUUIDFromBytes(("session" + number).getBytes(StandardCharsets.UTF_8)).toString();
    long skew = number % 5_000 - 2_500;
    return new ViewerReport(
        id, text("event"), round, received - 150 + skew, received, facts.build(), attributes);
  }

  private static Map.Entry<String, String> attribute(String name, String value) {
    return Map.entry(name, text(value));
  }

  /** A text that shares nothing with an equal one. */
  private static String text(String value) {
    return new String(value.toCharArray());
  }

  private static long heapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
