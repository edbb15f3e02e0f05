package io.aircheck.experience.cube;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.SessionDelta;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of some views in some time: exact sums, and exactly the sessions that were hit;
 * if wished, percentiles within 1 % and the number of sessions within about 2 %. Cells can be
 * merged in any order and grouping. Not thread-safe.
 *
 * <p>Percentiles: DDSketch (Masson, Rim, Lee, VLDB 2019) with a relative accuracy of 1 %, whose
 * bins are counts, so that merging is exact. Sessions: HyperLogLog with 2048 registers, standard
 * error 1.04 / √2048 = 2.3 %, read without the order-dependent estimator.
 */
public final class Cell {
  private static final double ACCURACY = 0.01;
  private static final int LOG_REGISTERS = 11;

  /** A session was hit in which any of these is above zero. */
  public static final List<Measure> HITS =
      List.of(
          Measure.STALLS,
          Measure.START_FAILURES,
          Measure.PLAYBACK_FAILURES,
          Measure.EXITS_BEFORE_START);

  private static final Distribution[] DISTRIBUTIONS = Distribution.values();

  private final boolean distributions;
  private final long[] sums = Measures.ZERO.toArray();
  private final Map<Distribution, DDSketch> sketches;
  private @Nullable HllUnion sessions;
  private @Nullable IdSet hit;
  private long deltas;

  /**
   * An empty cell.
   *
   * @param distributions whether it keeps percentiles and the number of sessions
   */
  public Cell(boolean distributions) {
    this.distributions = distributions;
    sketches = distributions ? new EnumMap<>(Distribution.class) : Map.of();
  }

  /** A cell of which nothing but its sums is known. */
  public static Cell of(Measures sums) {
    Cell cell = new Cell(false);
    sums.addTo(cell.sums);
    return cell;
  }

  /** Adds what is new of a view. */
  public void add(SessionDelta delta) {
    Measures measures = delta.measures();
    measures.addTo(sums);
    deltas++;
    if (isHit(measures)) {
      hitSet().add(delta.session());
    }
    if (distributions) {
      distribute(delta);
    }
  }

  private void distribute(SessionDelta delta) {
    Measures measures = delta.measures();
    for (Distribution distribution : DISTRIBUTIONS) {
      double weight = distribution.weight(measures);
      if (weight > 0) {
        sketch(distribution).accept(distribution.value(measures), weight);
      }
    }
    if (measures.get(Measure.VIEWERS) > 0) {
      sessions().update(delta.session());
    }
  }

  /** Adds the sums of another cell and nothing else. */
  void mergeSums(Cell other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    deltas += other.deltas;
  }

  /** Adds all of another cell. */
  public void merge(Cell other) {
    mergeSums(other);
    if (distributions) {
      other.sketches.forEach((distribution, theirs) -> sketch(distribution).mergeWith(theirs));
    }
    if (distributions && other.sessions != null) {
      sessions().update(other.sessions.getResult(TgtHllType.HLL_8));
    }
    if (other.hit != null) {
      hitSet().addAll(other.hit);
    }
  }

  /** So many deltas were added elsewhere. */
  void weigh(long more) {
    deltas += more;
  }

  /** Divides a sum, rounded up: what was there stays. */
  @SuppressWarnings("EnumOrdinal") // sums lie in arrays by their ordinal
  void divide(Measure measure, int by) {
    sums[measure.ordinal()] = Math.ceilDiv(sums[measure.ordinal()], by);
  }

  /** How many deltas were added, as far as that is known in this process. */
  long deltas() {
    return deltas;
  }

  /** The sum of a measure. */
  @SuppressWarnings("EnumOrdinal") // sums lie in arrays by their ordinal
  long sum(Measure measure) {
    return sums[measure.ordinal()];
  }

  /** The sums; they are exact. */
  public Measures sums() {
    return Measures.of(sums);
  }

  /**
   * A percentile, within 1 % of the true one.
   *
   * @param share 0..1
   * @return empty where there are no values
   */
  public OptionalDouble percentile(Distribution distribution, double share) {
    DDSketch sketch = sketches.get(distribution);
    return sketch == null || sketch.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(sketch.getValueAtQuantile(share));
  }

  /** About how many sessions were watched. */
  public double sessionEstimate() {
    return sessions == null ? 0 : sessions.getCompositeEstimate();
  }

  /** Exactly the sessions that stalled, failed, or were left before their start. A copy. */
  public IdSet hitSessions() {
    IdSet copy = new IdSet();
    if (hit != null) {
      copy.addAll(hit);
    }
    return copy;
  }

  /** All that it knows, to be put together with others elsewhere. */
  public byte[] toBytes() {
    return CellBytes.of(sums, sketches, sessions, hit);
  }

  /**
   * Adds all of another cell, as it was written; percentiles and numbers of sessions only where
   * this one keeps them.
   *
   * @throws IllegalArgumentException if these are no bytes of a cell
   */
  public void merge(byte[] other) {
    CellBytes.read(other, sums, distributions ? this::sketch : null, this::sessions, this::hitSet);
  }

  /**
   * Writes all that it knows, for this process.
   *
   * @param hits hashes of all sessions that were hit in cells that are written together, in their
   *     order
   */
  void pack(PackedWriter out, long[] hits) {
    out.number(deltas);
    PackedCell.write(out, sums, sketches, sessions, hit, hits);
  }

  /** Adds the sums of a cell that was {@linkplain #pack packed} and nothing else. */
  void mergeSums(PackedReader other) {
    deltas += other.number();
    PackedCell.readSums(other, sums);
  }

  /** Adds all of a cell that was {@linkplain #pack packed}. */
  void merge(PackedReader other, long[] hits) {
    deltas += other.number();
    PackedCell.read(
        other, hits, sums, distributions ? this::sketch : null, this::sessions, this::hitSet);
  }

  /** Adds the sessions that were hit to a set. */
  void addHitsTo(IdSet all) {
    if (hit != null) {
      all.addAll(hit);
    }
  }

  /** Whether a session is hit in which this happened. */
  static boolean isHit(Measures measures) {
    for (Measure hit : HITS) {
      if (measures.get(hit) > 0) {
        return true;
      }
    }
    return false;
  }

  private DDSketch sketch(Distribution distribution) {
    return sketches.computeIfAbsent(distribution, added -> DDSketches.unboundedDense(ACCURACY));
  }

  private HllUnion sessions() {
    if (sessions == null) {
      sessions = new HllUnion(LOG_REGISTERS);
    }
    return sessions;
  }

  private IdSet hitSet() {
    if (hit == null) {
      hit = new IdSet();
    }
    return hit;
  }
}
