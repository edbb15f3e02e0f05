package io.aircheck.app.serve.streams;

import io.aircheck.app.serve.settings.WatchingMode;
import io.aircheck.app.serve.streams.FreeCores.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides how closely each stream is watched, by what the machine, or the workers of a cluster
 * together, have been measured to hold, so that a full one watches some streams less closely rather
 * than all of them late.
 *
 * <p>The machine is too full when more than the limit of its cores has been used, or a stream has
 * been behind its input, for {@value #OVER_MILLIS} ms. Then streams that may are watched lightly,
 * those of the least priority first, of these those with the fewest viewers, then those that have
 * been healthy for longest. When there are none left and that was not enough for {@value
 * #LAST_RESORT_MILLIS} ms, of the least priority the one with the fewest viewers waits, of these
 * the newest. It has room again below {@value #ROOM_SHARE} of the limit for {@value #ROOM_MILLIS}
 * ms: then one stream at a time is taken up again, or watched in full, the most important first,
 * when what it is expected to cost fits.
 *
 * <p>What a stream costs is what it was last measured at in the same place, or else the mean of the
 * others there, once it was measured {@value FreeCores#SETTLED} times. Not thread-safe; knows no
 * clock.
 */
final class Admission {
  static final long OVER_MILLIS = 10_000;
  static final long LAST_RESORT_MILLIS = 60_000;
  static final long ROOM_MILLIS = 30_000;
  static final double ROOM_SHARE = 0.8;

  /** Light watching against full watching of a ladder, where nothing was measured yet. */
  private static final double LIGHT_SHARE = 0.3;

  /** How much a new measurement counts against those before. */
  private static final double NEW_SHARE = 0.3;

  /** Where a stream is put. */
  enum Place {
    FULL,
    LIGHT,
    /** Not watched: the machine is full. */
    WAITING
  }

  /**
   * A stream that is to be watched.
   *
   * @param viewers how many watch what it shows now, as far as that is known
   * @param healthySinceMillis when something was last suspicious on it
   */
  record Applicant(
      String id, WatchingMode mode, int priority, long viewers, long healthySinceMillis) {
    /** What matters less comes first: a declared priority counts for more than any audience. */
    static final Comparator<Applicant> BY_IMPORTANCE =
        Comparator.comparingInt(Applicant::priority).thenComparingLong(Applicant::viewers);
  }

  /**
   * What was measured since the last time.
   *
   * @param machines where streams run; none: nobody knows
   * @param late whether a stream is behind its input
   * @param coresByStream the part of each stream that was watched for all of the time as it is to
   *     be
   */
  record Load(List<Machine> machines, boolean late, Map<String, Double> coresByStream) {
    double usedCores() {
      return machines.stream().mapToDouble(Machine::usedCores).sum();
    }

    double limitCores() {
      return machines.isEmpty()
          ? Double.POSITIVE_INFINITY
          : machines.stream().mapToDouble(Machine::limitCores).sum();
    }
  }

  private static final class Seat {
    private final long order;
    private Place place;
    private final Map<Place, Double> cost = new HashMap<>();
    private final Map<Place, Integer> measurements = new HashMap<>();

    /** What light watching cost when it began, in which full watching cost what it last cost. */
    private double lightAtFirst = Double.NaN;

    private Seat(long order, Place place) {
      this.order = order;
      this.place = place;
    }
  }

  private final Map<String, Seat> seats = new HashMap<>();
  private long arrivals;
  private final FreeCores free = new FreeCores();
  private double limitCores = Double.POSITIVE_INFINITY;
  private double usedCores;
  private long overSinceMillis = Long.MAX_VALUE;
  private long exhaustedSinceMillis = Long.MAX_VALUE;
  private long roomSinceMillis = Long.MAX_VALUE;

  /** Whether a new stream like the others would have to wait, however lightly it is watched. */
  boolean full() {
    return cost(new Seat(arrivals, Place.WAITING), Place.LIGHT, FreeCores.SETTLED) > free.most();
  }

  /** Where a stream is; one that is not known yet is watched in full. */
  Place place(String stream) {
    Seat seat = seats.get(stream);
    return seat == null ? Place.FULL : seat.place;
  }

  /** Streams came, went, or are declared otherwise: finds places for them, moves nobody else. */
  void admit(List<Applicant> applicants) {
    seats.keySet().removeIf(id -> applicants.stream().noneMatch(one -> one.id().equals(id)));
    for (Applicant applicant : mostImportantFirst(applicants)) {
      Seat seat = seats.get(applicant.id());
      if (seat == null) {
        seat = new Seat(arrivals++, Place.WAITING);
        seats.put(applicant.id(), seat);
        take(applicant, seat);
      } else if (seat.place != Place.WAITING && applicant.mode() != WatchingMode.AUTO) {
        seat.place = closest(applicant);
      }
    }
  }

  private void take(Applicant applicant, Seat seat) {
    Place best = closest(applicant);
    if (fits(seat, best)) {
      seat.place = best;
    } else if (applicant.mode() == WatchingMode.AUTO && fits(seat, Place.LIGHT)) {
      seat.place = Place.LIGHT;
    }
    if (seat.place != Place.WAITING) {
      free.promise(cost(seat, seat.place, FreeCores.SETTLED));
    }
  }

  private boolean fits(Seat seat, Place place) {
    return cost(seat, place, FreeCores.SETTLED) <= free.most();
  }

  private static Place closest(Applicant applicant) {
    return applicant.mode() == WatchingMode.LIGHT ? Place.LIGHT : Place.FULL;
  }

  /** Takes note of what was measured and moves streams; every few seconds. */
  void rebalance(long nowMillis, List<Applicant> applicants, Load load) {
    usedCores = load.usedCores();
    limitCores = load.limitCores();
    free.measured(load.machines());
    load.coresByStream().forEach(this::measured);
    boolean over = usedCores > limitCores || load.late();
    boolean room = !load.late() && usedCores < ROOM_SHARE * limitCores;
    overSinceMillis = over ? Math.min(overSinceMillis, nowMillis) : Long.MAX_VALUE;
    roomSinceMillis = room ? Math.min(roomSinceMillis, nowMillis) : Long.MAX_VALUE;
    if (!over) {
      exhaustedSinceMillis = Long.MAX_VALUE;
    }
    if (over && nowMillis - overSinceMillis >= OVER_MILLIS) {
      relieve(nowMillis, applicants);
    } else if (room && nowMillis - roomSinceMillis >= ROOM_MILLIS) {
      useRoom(nowMillis, applicants);
    }
  }

  private void measured(String stream, double cores) {
    Seat seat = seats.get(stream);
    if (seat != null && seat.place != Place.WAITING) {
      double smoothed =
          NEW_SHARE * cores + (1 - NEW_SHARE) * seat.cost.getOrDefault(seat.place, cores);
      seat.cost.put(seat.place, smoothed);
      seat.measurements.merge(seat.place, 1, Integer::sum);
      if (seat.place == Place.FULL) {
        seat.lightAtFirst = Double.NaN;
      } else if (Double.isNaN(seat.lightAtFirst)) {
        seat.lightAtFirst = smoothed;
      }
    }
  }

  private void relieve(long nowMillis, List<Applicant> applicants) {
    List<Applicant> mayBeLight = in(Place.FULL, applicants, WatchingMode.AUTO::equals);
    mayBeLight.sort(
        Applicant.BY_IMPORTANCE
            .thenComparingLong(Applicant::healthySinceMillis)
            .thenComparing(Applicant::id));
    double toSave = Math.max(0, usedCores - ROOM_SHARE * limitCores);
    for (Applicant next : mayBeLight) {
      Seat seat = seat(next);
      toSave -= Math.max(0, cost(seat, Place.FULL, 1) - cost(seat, Place.LIGHT, 1));
      seat.place = Place.LIGHT;
      if (toSave <= 0) {
        break;
      }
    }
    if (!mayBeLight.isEmpty()) {
      overSinceMillis = nowMillis;
      exhaustedSinceMillis = Long.MAX_VALUE;
      return;
    }
    exhaustedSinceMillis = Math.min(exhaustedSinceMillis, nowMillis);
    if (nowMillis - exhaustedSinceMillis >= LAST_RESORT_MILLIS) {
      lastResort(applicants);
      overSinceMillis = nowMillis;
    }
  }

  private void lastResort(List<Applicant> applicants) {
    List<Applicant> watched = new ArrayList<>(in(Place.FULL, applicants, mode -> true));
    watched.addAll(in(Place.LIGHT, applicants, mode -> true));
    if (watched.size() > 1) {
      watched.sort(
          Applicant.BY_IMPORTANCE.thenComparing(one -> seat(one).order, Comparator.reverseOrder()));
      seat(watched.getFirst()).place = Place.WAITING;
    }
  }

  private void useRoom(long nowMillis, List<Applicant> applicants) {
    for (Applicant next : mostImportantFirst(in(Place.WAITING, applicants, mode -> true))) {
      take(next, seat(next));
      if (seat(next).place != Place.WAITING) {
        roomSinceMillis = nowMillis;
        return;
      }
    }
    for (Applicant next :
        mostImportantFirst(in(Place.LIGHT, applicants, WatchingMode.AUTO::equals))) {
      Seat seat = seat(next);
      double more = cost(seat, Place.FULL, 1) - cost(seat, Place.LIGHT, 1);
      if (usedCores + more <= ROOM_SHARE * limitCores) {
        seat.place = Place.FULL;
        roomSinceMillis = nowMillis;
        return;
      }
    }
  }

  /**
   * What a stream costs in a place, as far as is known; 0 when nothing is.
   *
   * @param measurements so many are needed to be believed
   */
  private double cost(Seat seat, Place place, int measurements) {
    Double own = known(seat, place, measurements);
    if (own != null && place == Place.FULL && seat.lightAtFirst > 0) {
      // It was long ago: what light watching costs now tells what has become of it.
      return own * seat.cost.getOrDefault(Place.LIGHT, seat.lightAtFirst) / seat.lightAtFirst;
    }
    if (own != null) {
      return own;
    }
    Double otherwise = known(seat, place == Place.FULL ? Place.LIGHT : Place.FULL, measurements);
    if (otherwise != null) {
      return place == Place.FULL ? otherwise / LIGHT_SHARE : otherwise * LIGHT_SHARE;
    }
    OptionalDouble others = mean(place, measurements);
    if (others.isPresent()) {
      return others.getAsDouble();
    }
    return place == Place.FULL
        ? mean(Place.LIGHT, measurements).orElse(0) / LIGHT_SHARE
        : mean(Place.FULL, measurements).orElse(0) * LIGHT_SHARE;
  }

  private static @Nullable Double known(Seat seat, Place place, int measurements) {
    return seat.measurements.getOrDefault(place, 0) >= measurements ? seat.cost.get(place) : null;
  }

  private OptionalDouble mean(Place place, int measurements) {
    return seats.values().stream()
        .filter(seat -> seat.measurements.getOrDefault(place, 0) >= measurements)
        .mapToDouble(seat -> seat.cost.getOrDefault(place, 0.0))
        .average();
  }

  private List<Applicant> in(
      Place place, List<Applicant> applicants, Predicate<WatchingMode> mode) {
    List<Applicant> found = new ArrayList<>();
    for (Applicant applicant : applicants) {
      Seat seat = seats.get(applicant.id());
      if (seat != null && seat.place == place && mode.test(applicant.mode())) {
        found.add(applicant);
      }
    }
    return found;
  }

  private Seat seat(Applicant applicant) {
    Seat seat = seats.get(applicant.id());
    if (seat == null) {
      throw new IllegalArgumentException("not admitted: " + applicant.id());
    }
    return seat;
  }

  private static List<Applicant> mostImportantFirst(List<Applicant> applicants) {
    return applicants.stream()
        .sorted(Applicant.BY_IMPORTANCE.reversed().thenComparing(Applicant::id))
        .toList();
  }
}
