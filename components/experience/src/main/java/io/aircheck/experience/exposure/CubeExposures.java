package io.aircheck.experience.exposure;

import io.aircheck.experience.cube.Cell;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Estimates who is shown which defect from a cube, where single views are not known. Sums are those
 * of the windows that the defect touches; how many sessions that is, is estimated within about 2 %
 * for a content, and for some of its viewers by their share of those who watched. Viewers of a
 * content are taken to be as far behind the live edge as they are in the mean. Not thread-safe.
 */
public final class CubeExposures implements ExposureCount {
  /** Players tell late what they did, and sums of a window are told some time after its end. */
  private static final long SETTLE_MILLIS = 300_000;

  /** Windows of a defect that lasts are added up before the cube forgets them. */
  private static final long KEPT_MILLIS = 2_700_000;

  private static final Measures NOTHING = Measures.ZERO;

  private final CubeSpec spec;
  private final RecentCube cube;
  private final LongSupplier changes;
  private final Map<String, Count> counts = new HashMap<>();

  /** All who watched the content, and those of them who were shown the defect. */
  private record Crowds(Cell all, Cell exposed) {
    Crowds() {
      this(new Cell(true), new Cell(true));
    }

    void add(Crowds more) {
      all.merge(more.all);
      exposed.merge(more.exposed);
    }
  }

  private static final class Count {
    private Defect defect;
    private final Crowds settled = new Crowds();

    /** Start of the first window that is not settled; {@link Long#MIN_VALUE}: none is. */
    private long settledMillis = Long.MIN_VALUE;

    /** Whether its first window was there when it was counted first. */
    private boolean complete;

    private long counted = -1;
    private Optional<Exposure> exposure = Optional.empty();

    Count(Defect defect) {
      this.defect = defect;
    }
  }

  /**
   * Nothing is known of defects yet.
   *
   * @param spec of the cube; it keeps the content alone with numbers of sessions
   * @param changes another number when answers of the cube may be others
   */
  public CubeExposures(CubeSpec spec, RecentCube cube, LongSupplier changes) {
    this.spec = spec;
    this.cube = cube;
    this.changes = changes;
  }

  @Override
  public void tell(Defect defect) {
    Count count = counts.computeIfAbsent(defect.id(), added -> new Count(defect));
    if (!count.defect.equals(defect)) {
      count.defect = defect;
      count.counted = -1;
    }
  }

  @Override
  public Optional<Exposure> find(String defect) {
    Count count = counts.get(defect);
    if (count == null) {
      return Optional.empty();
    }
    long now = changes.getAsLong();
    if (count.counted != now) {
      count.counted = now;
      count.exposure = isKept(count.defect) ? Optional.of(exposure(count)) : Optional.empty();
    }
    return count.exposure;
  }

  @Override
  public long settleMillis() {
    return SETTLE_MILLIS;
  }

  @Override
  public void forget(String defect) {
    counts.remove(defect);
  }

  private Exposure exposure(Count count) {
    Defect defect = count.defect;
    long behind = behindMillis(defect);
    long first = spec.windowOf(defect.fromMillis() + behind);
    long end = Math.max(defect.toMillis(), defect.fromMillis() + 1) + behind;
    if (count.settledMillis == Long.MIN_VALUE) {
      count.settledMillis = first;
      count.complete = cube.windows(first, first + spec.windowMillis()) > 0;
    }
    long settling = spec.windowOf(end - KEPT_MILLIS);
    if (settling > count.settledMillis) {
      count.settled.add(crowds(defect, count.settledMillis, settling));
      count.settledMillis = settling;
    }
    Crowds whole = new Crowds();
    whole.add(count.settled);
    whole.add(crowds(defect, count.settledMillis, end));
    return exposure(whole, count.complete);
  }

  private static Exposure exposure(Crowds crowds, boolean complete) {
    Measures all = crowds.all.sums();
    Measures exposed = crowds.exposed.sums();
    long sessions = Math.round(crowds.all.sessionEstimate());
    long watched = all.get(Measure.VIEWERS);
    double share = watched <= 0 ? 0 : (double) exposed.get(Measure.VIEWERS) / watched;
    long viewers =
        Math.max(Math.round(Math.min(1, share) * sessions), crowds.exposed.hitSessions().size());
    return new Exposure(
        viewers, exposed, Math.max(0, sessions - viewers), all.minus(exposed), complete);
  }

  /** How far viewers of the content are behind its live edge, in the mean of those who tell. */
  private long behindMillis(Defect defect) {
    Measures sums =
        rows(
                new CubeQuery(
                        spec.windowOf(defect.fromMillis()) - spec.windowMillis(),
                        defect.toMillis() + SETTLE_MILLIS,
                        Map.of(Cohort.CONTENT, defect.content()),
                        List.of())
                    .forSums())
            .stream()
            .map(row -> row.cell().sums())
            .reduce(NOTHING, Measures::plus);
    long weight = sums.get(Measure.LATENCY_MILLIS);
    return weight <= 0 ? 0 : Math.max(0, sums.get(Measure.LATENCY_AREA) / weight);
  }

  private Crowds crowds(Defect defect, long fromMillis, long toMillis) {
    Crowds crowds = new Crowds();
    rows(new CubeQuery(fromMillis, toMillis, Map.of(Cohort.CONTENT, defect.content()), List.of()))
        .forEach(row -> crowds.all.merge(row.cell()));
    if (isOfAll(defect)) {
      crowds.exposed.merge(crowds.all);
      return crowds;
    }
    for (CubeAnswer.Row row : rows(question(defect, fromMillis, toMillis))) {
      if (defect.renditions().all() || defect.renditions().include(row.values().getFirst())) {
        crowds.exposed.merge(row.cell());
      }
    }
    return crowds;
  }

  private static boolean isOfAll(Defect defect) {
    return defect.renditions().all() && defect.where().isEmpty();
  }

  /** Whether the cube keeps together what tells its viewers from others. */
  private boolean isKept(Defect defect) {
    return isOfAll(defect) || spec.grouping(question(defect, 0, 1)).isPresent();
  }

  private static CubeQuery question(Defect defect, long fromMillis, long toMillis) {
    Map<String, String> filter = new HashMap<>(defect.where());
    filter.put(Cohort.CONTENT, defect.content());
    return new CubeQuery(
        fromMillis,
        toMillis,
        filter,
        defect.renditions().all() ? List.of() : List.of(Cohort.RENDITION));
  }

  private List<CubeAnswer.Row> rows(CubeQuery query) {
    return cube.ask(query).map(CubeAnswer::rows).orElse(List.of());
  }
}
