package io.aircheck.deploy.flink;

import io.aircheck.deploy.flink.ReaderEvent.Load;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the next stream goes: to the reader that has the smallest share of its processor time in
 * use, so that streams come in proportion to what readers can do. What a stream takes is learnt
 * from those that run. Used by one thread.
 */
final class Placement {
  /** Processors that a stream takes until something has been measured. */
  private static final double FIRST_GUESS = 0.1;

  /** No stream takes less: idle streams do not make a reader look endless. */
  private static final double LEAST = 0.005;

  private final Map<Integer, Load> loads = new HashMap<>();
  private final Map<Integer, Integer> unmeasured = new HashMap<>();

  /** A reader says how busy it is, with all that was given to it until now. */
  void measured(int reader, Load load) {
    loads.put(reader, load);
    unmeasured.remove(reader);
  }

  /** A reader starts afresh. */
  void forget(int reader) {
    loads.remove(reader);
    unmeasured.remove(reader);
  }

  /**
   * Chooses a reader, and counts on the stream being there.
   *
   * @param readers readers there are, at least one
   * @param owners reader of each stream that has one
   */
  int choose(Collection<Integer> readers, Collection<Integer> owners) {
    double each = perStream(owners.size());
    Load unknown = likeTheOthers();
    Map<Integer, Integer> streams = new HashMap<>();
    owners.forEach(reader -> streams.merge(reader, 1, Integer::sum));
    int chosen =
        readers.stream()
            .min(
                Comparator.<Integer>comparingDouble(
                        reader -> usedWithOneMore(reader, each, unknown))
                    .thenComparing(reader -> streams.getOrDefault(reader, 0))
                    .thenComparing(Comparator.naturalOrder()))
            .orElseThrow();
    unmeasured.merge(chosen, 1, Integer::sum);
    return chosen;
  }

  private double perStream(int streams) {
    int measured = streams - unmeasured.values().stream().mapToInt(count -> count).sum();
    double busy = loads.values().stream().mapToDouble(Load::busy).sum();
    return measured <= 0 ? FIRST_GUESS : Math.max(LEAST, busy / measured);
  }

  /**
   * What a reader is taken for that has not said anything yet: the last one to register has not.
   */
  private Load likeTheOthers() {
    double processors = loads.values().stream().mapToDouble(Load::processors).average().orElse(1);
    return new Load(processors, 0);
  }

  private double usedWithOneMore(int reader, double each, Load unknown) {
    Load load = loads.getOrDefault(reader, unknown);
    return (load.busy() + each * (1 + unmeasured.getOrDefault(reader, 0))) / load.processors();
  }
}
