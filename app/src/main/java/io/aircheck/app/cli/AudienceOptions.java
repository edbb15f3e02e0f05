package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.config.Durations;
import io.aircheck.audience.crowd.Arrivals;
import io.aircheck.audience.crowd.Content;
import io.aircheck.audience.crowd.DayCurve;
import io.aircheck.audience.crowd.Population;
import io.aircheck.audience.fault.Fault;
import io.aircheck.audience.fault.FaultKind;
import io.aircheck.audience.fault.TimedFault;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.viewer.Habit;
import io.aircheck.audience.viewer.Habits;
import io.aircheck.audience.viewer.Reporting;
import io.aircheck.core.detect.Suggestion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what audience is meant. */
final class AudienceOptions {
  private static final long STANDING = 100;
  private static final long MOST_RAMP_MILLIS = 60_000;
  private static final long MOST_SESSIONS = 100_000_000;
  private static final long LATE_MILLIS = 60_000;
  private static final long FILM_MILLIS = 2_700_000;

  /** Kinds of fault, for the help. */
  static final class Faults implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return FaultKind.words().iterator();
    }
  }

  /** Habits, for the help. */
  static final class HabitWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Habit.words().iterator();
    }
  }

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "So many viewers come in all, one after the other.")
  private @Nullable Long sessions;

  @Option(
      names = "--concurrent",
      paramLabel = "N",
      description =
          "So many watch at any time: whoever leaves is replaced; default: 100, unless --sessions"
              + " is given.")
  private @Nullable Long concurrent;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "How long the audience lasts, such as 30s, 10m or 24h; default: 10m.")
  private String duration = "";

  @Option(
      names = "--day",
      description = "More come in the evening than at night, by the clock; with --sessions.")
  private boolean day;

  @Option(
      names = "--fault",
      paramLabel = "KIND@start+duration[,dimension=value...][,times=N|,share=N]",
      completionCandidates = Faults.class,
      description =
          "Something that goes wrong, times in seconds of the audience; may be given several times,"
              + " such as stalls@60+120,cdn=cdn-b, or freeze@60+20,content=channel-1. KIND is one"
              + " of ${COMPLETION-CANDIDATES}; dimensions are in docs/viewers/simulator.md.")
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--contents",
      split = ",",
      paramLabel = "ID",
      description =
          "Live channels that are watched, the most popular first; default: channel-1 to channel-4,"
              + " and two films.")
  private List<String> contents = new ArrayList<>();

  @Option(
      names = "--habit",
      paramLabel = "name=value",
      completionCandidates = HabitWords.class,
      description =
          "How viewers behave; may be given several times. Names: ${COMPLETION-CANDIDATES}.")
  private Map<String, Double> habits = new LinkedHashMap<>();

  @Option(
      names = "--network",
      paramLabel = "name=value",
      description =
          "What becomes of reports on their way; may be given several times: shares lost,"
              + " duplicated and late, and jitterMillis.")
  private Map<String, Double> network = new LinkedHashMap<>();

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Between reports when nothing happens; default: 30s.")
  private String interval = "";

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "10",
      description = "Reports that a player sends at once, at most; default: 10, or within 2 s.")
  private int batch = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What chance begins with; default: another each time, which is printed.")
  private @Nullable Long seed;

  /** What chance begins with. */
  long seed() {
    Long known = seed;
    if (known == null) {
      known = ThreadLocalRandom.current().nextLong(1_000_000);
      seed = known;
    }
    return known;
  }

  /**
   * The audience.
   *
   * @throws UsageException when it cannot be
   */
  Audience audience() {
    try {
      long millis = millis("--duration", duration);
      return new Audience(
          Population.before(contents()),
          arrivals(millis),
          habits(),
          faults.stream().<Fault>map(TimedFault::parse).toList(),
          new Reporting(millis("--interval", interval), batch, Reporting.USUAL.batchMillis()),
          millis);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private static long millis(String option, String text) {
    try {
      return Durations.parse(text).toMillis();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + " is " + text + ", " + e.getMessage(), e);
    }
  }

  private List<Content> contents() {
    List<Content> all = new ArrayList<>();
    if (contents.isEmpty()) {
      for (int i = 1; i <= 4; i++) {
        all.add(Content.channel("channel-" + i));
      }
      all.add(Content.onDemand("film-1", FILM_MILLIS));
      all.add(Content.onDemand("film-2", FILM_MILLIS));
    } else {
      contents.forEach(id -> all.add(Content.channel(id.strip())));
    }
    return all;
  }

  private Arrivals arrivals(long durationMillis) {
    Long all = sessions;
    Long standing = concurrent;
    if (all != null && standing != null) {
      throw new UsageException("--sessions and --concurrent: give one of them");
    }
    if (all != null) {
      return new Arrivals.Flow(
          within("--sessions", all), day ? DayCurve.EVENING : DayCurve.CONSTANT);
    }
    if (day) {
      throw new UsageException("--day needs --sessions");
    }
    return new Arrivals.Standing(
        within("--concurrent", standing == null ? STANDING : standing),
        Math.min(MOST_RAMP_MILLIS, durationMillis / 4));
  }

  private static long within(String option, long number) {
    if (number < 1 || number > MOST_SESSIONS) {
      throw new UsageException(option + " is " + number + ", must be from 1 to " + MOST_SESSIONS);
    }
    return number;
  }

  private Habits habits() {
    Map<Habit, Double> changed = new EnumMap<>(Habit.class);
    habits.forEach(
        (word, value) ->
            changed.put(
                Habit.of(word)
                    .orElseThrow(
                        () ->
                            new UsageException(
                                "unknown habit " + word + Suggestion.among(Habit.words(), word))),
                value));
    return new Habits(changed);
  }

  /**
   * What becomes of reports on their way.
   *
   * @throws UsageException when it cannot be
   */
  Troubles troubles() {
    List<String> known = List.of("lost", "duplicated", "late", "jitterMillis");
    for (String name : network.keySet()) {
      if (!known.contains(name)) {
        throw new UsageException(
            "unknown trouble of the network " + name + Suggestion.among(known, name));
      }
    }
    try {
      return new Troubles(
          1,
          Math.round(network.getOrDefault("jitterMillis", 0.0)),
          network.getOrDefault("lost", 0.0),
          network.getOrDefault("duplicated", 0.0),
          network.getOrDefault("late", 0.0),
          LATE_MILLIS);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--network: " + e.getMessage(), e);
    }
  }
}
