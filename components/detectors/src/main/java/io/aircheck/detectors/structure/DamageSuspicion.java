package io.aircheck.detectors.structure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Whether the pictures of a stream look damaged: the model's probability, averaged so that a single
 * picture does not count, with hysteresis. Where the blocks of an encoder stand out all the time,
 * more is asked for: they come and go with motion, as damage does.
 */
final class DamageSuspicion {
  private static final double AVERAGE_SECONDS = 0.12;

  /** A suspicion lasts while the probability is above this share of the threshold. */
  private static final double HYSTERESIS = 0.8;

  /** Background grid from which on a higher probability is needed, see {@link #demand}. */
  private static final double BACKGROUND = 1;

  private static final double DEMAND_PER_BACKGROUND = 0.05;
  private static final double MAX_DEMAND = 0.1;

  /** Time without verdict while the memory fills. */
  private static final long SETTLE_MICROS = 2_000_000;

  private final DamageModel model;
  private final double threshold;
  private long sinceMicros = Long.MIN_VALUE;
  private long lastMicros;
  private double probability;
  private boolean suspected;

  /**
   * Makes a judge.
   *
   * @param threshold probability at which a suspicion begins, 0..1
   */
  DamageSuspicion(DamageModel model, double threshold) {
    this.model = model;
    this.threshold = threshold;
  }

  /** Forgets all pictures. */
  void clear() {
    sinceMicros = Long.MIN_VALUE;
    probability = 0;
    suspected = false;
  }

  /**
   * Takes in a picture.
   *
   * @param inputs see {@link DamageInputs#read}
   * @param background see {@link DamageInputs#background}
   */
  void update(long ptsMicros, double[] inputs, double background) {
    if (sinceMicros == Long.MIN_VALUE) {
      sinceMicros = ptsMicros;
      lastMicros = ptsMicros;
    }
    double seconds = Math.max(0, ptsMicros - lastMicros) / 1e6;
    lastMicros = ptsMicros;
    probability +=
        (1 - Math.exp(-seconds / AVERAGE_SECONDS)) * (model.probability(inputs) - probability);
    double needed = (suspected ? threshold * HYSTERESIS : threshold) + demand(background);
    suspected = ptsMicros - sinceMicros >= SETTLE_MICROS && probability >= needed;
  }

  /** How much more probability a background grid asks for. */
  private static double demand(double background) {
    return Math.clamp(DEMAND_PER_BACKGROUND * (background - BACKGROUND), 0, MAX_DEMAND);
  }

  /** Probability of damage, 0..1, averaged. */
  double probability() {
    return probability;
  }

  /** Whether damage is suspected now. */
  boolean suspected() {
    return suspected;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeLong(sinceMicros);
    state.writeLong(lastMicros);
    state.writeDouble(probability);
    state.writeBoolean(suspected);
  }

  void restore(DataInput state) throws IOException {
    sinceMicros = state.readLong();
    lastMicros = state.readLong();
    probability = state.readDouble();
    suspected = state.readBoolean();
  }
}
