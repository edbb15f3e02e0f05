package io.aircheck.app.demo;

import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.app.viewers.Collector;
import io.aircheck.app.viewers.Pace;
import io.aircheck.app.viewers.ReportSender;
import io.aircheck.app.viewers.ViewersRun;
import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.FaultKind;
import io.aircheck.audience.fault.Whom;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.truth.Toll;
import io.aircheck.audience.viewer.Habit;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Viewers in front of the demo's streams, the first of which is the most popular, until it is
 * closed. They are simulated; what they report to the service over HTTP, and what is wrong with one
 * of their CDNs at times, is as of real ones. Of what is wrong with the streams some have enough,
 * and wait where nothing comes: the service is to find out by itself who was shown it, and what
 * became of them.
 */
final class DemoAudience implements AutoCloseable {
  /** The CDN that fails; almost a third of the viewers have it. */
  static final String LATE_CDN = "cdn-b";

  /**
   * Late enough after what is wrong in pictures for that to be over when viewers have waited for
   * long enough to be told of.
   */
  static final FaultSchedule FAULTS =
      FaultSchedule.every(Programme.ROUND_SECONDS, List.of(new DemoFault(Type.LATE_CDN, 66, 50)));

  /** So many that a third of them are enough to tell them from the others, and cheap. */
  private static final long VIEWERS = 300;

  /** Most of them. */
  static final long MOST = VIEWERS * 9 / 10;

  private static final long RAMP_MILLIS = 2_000;
  private static final long INTERVAL_MILLIS = 10_000;
  private static final double LATE_TIMES = 30;

  /** The same viewers each time, as the streams are. */
  private static final long SEED = 1;

  private static final int CONNECTIONS = 4;

  private final Collector collector;
  private final ReportSender sender;
  private final ViewersRun run;
  private final Thread thread;
  private final long beginMillis = Pace.SYSTEM.nowMillis();

  /** By the place where they are injected. */
  private final Map<String, List<FeltFault>> felt = new HashMap<>();

  /** What they had done before the round. */
  private final Map<FeltFault, Toll> before = new HashMap<>();

  /**
   * Begins.
   *
   * @param service its address
   */
  DemoAudience(String service, List<Programme> programmes) {
    for (Programme programme : programmes) {
      felt.put(programme.id(), felt(programme));
    }
    Whom late = Whom.with(Map.of(Dimension.CDN, LATE_CDN));
    felt.put(
        Scoreboard.VIEWERS,
        List.of(new FeltFault(Type.LATE_CDN, FaultKind.STALLS, late, LATE_TIMES)));
    collector = new Collector(service);
    sender = new ReportSender(collector, Pace.SYSTEM, CONNECTIONS);
    run = new ViewersRun(audience(programmes), Troubles.NONE, SEED, Pace.SYSTEM, 1, progress -> {});
    thread = Thread.ofPlatform().daemon().name("aircheck-demo-viewers").start(this::live);
  }

  private static List<FeltFault> felt(Programme programme) {
    List<FeltFault> all = new ArrayList<>();
    for (Type type : programme.schedule().types()) {
      type.felt()
          .ifPresent(
              kind ->
                  all.add(new FeltFault(type, kind, whom(programme, type), kind.usualStrength())));
    }
    return all;
  }

  private static Whom whom(Programme programme, Type type) {
    int kbps =
        programme.rungs().stream()
            .filter(rung -> type.rendition().filter(rung.name()::equals).isPresent())
            .mapToInt(DemoAudience::kbps)
            .findFirst()
            .orElse(0);
    return new Whom(Map.of(Dimension.CONTENT, programme.id()), kbps);
  }

  private Audience audience(List<Programme> programmes) {
    return new Audience(
        Population.before(programmes.stream().map(DemoAudience::content).toList()),
        new Arrivals.Standing(VIEWERS, RAMP_MILLIS),
        // Nobody pauses: all come at once, so they would fall behind until as many leave as pause.
        new Habits(
            Map.of(
                Habit.PAUSES_PER_HOUR, 0.0, Habit.STALLS_PER_HOUR, 12.0, Habit.STALL_SECONDS, 1.0)),
        felt.values().stream().flatMap(List::stream).<Fault>map(FeltFault::fault).toList(),
        new Reporting(
            INTERVAL_MILLIS, Reporting.USUAL.batchReports(), Reporting.USUAL.batchMillis()),
        TimeUnit.DAYS.toMillis(1));
  }

  /** A stream as players know it. */
  private static Content content(Programme programme) {
    List<Integer> ladder = programme.rungs().reversed().stream().map(DemoAudience::kbps).toList();
    return new Content(programme.id(), true, 0, ladder);
  }

  private static int kbps(Rung rung) {
    return rung.bandwidth() / 1000;
  }

  /** The programme of a place has got to a time. By one thread for each place. */
  void reached(String place, FaultSchedule schedule, double programmeSeconds) {
    long millis = Pace.SYSTEM.nowMillis() - beginMillis;
    felt.getOrDefault(place, List.of())
        .forEach(fault -> fault.follow(schedule, programmeSeconds, millis));
  }

  /** From now on what faults do counts anew. */
  void beginRound() {
    felt.values()
        .forEach(
            faults -> faults.forEach(fault -> before.put(fault, run.tolls().of(fault.fault()))));
  }

  /**
   * What a fault has truly done to viewers in this round so far, of those that they feel; else
   * nothing.
   */
  Toll toll(String place, Type type) {
    return felt.getOrDefault(place, List.of()).stream()
        .filter(fault -> fault.type() == type)
        .map(fault -> run.tolls().of(fault.fault()).minus(before.getOrDefault(fault, Toll.NONE)))
        .findFirst()
        .orElse(Toll.NONE);
  }

  private void live() {
    try {
      run.run(sender);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    run.stop();
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.close();
    collector.close();
  }
}
