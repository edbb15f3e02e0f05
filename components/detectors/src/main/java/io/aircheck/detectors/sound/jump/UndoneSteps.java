package io.aircheck.detectors.sound.jump;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Remembers steps that alone are not evident, until one undoes them: two steps of one size, there
 * and back, are evidence for each other.
 */
final class UndoneSteps {
  /**
   * A step of level.
   *
   * @param micros media time
   * @param changeLu change of the gated loudness
   * @param rise change within 30 ms in its own direction, dB
   * @param beforeLufs loudness before it
   * @param evidence logarithm of the odds that it is a change of gain
   */
  record Suspect(long micros, double changeLu, double rise, double beforeLufs, double evidence) {}

  /** Steps with less are forgotten at once. */
  private static final double LEAST_EVIDENCE = -3;

  private static final long SHORTEST_MICROS = 1_000_000;
  private static final int MOST = 16;

  /** What a difference of the two changes takes from the evidence, by dB. */
  private static final double UNLIKE_CHANGE = 0.35;

  private static final double UNLIKE_RISE = 0.15;

  private final long longestMicros;
  private final double minEvidence;
  private final Deque<Suspect> suspects = new ArrayDeque<>();

  /**
   * @param longestMicros longest time between the two steps
   * @param minEvidence what the sum of the evidence of both must reach
   */
  UndoneSteps(long longestMicros, double minEvidence) {
    this.longestMicros = longestMicros;
    this.minEvidence = minEvidence;
  }

  void clear() {
    suspects.clear();
  }

  /** Takes the next step; returns the first that it undoes, which is forgotten with all others. */
  @Nullable Suspect undoneBy(Suspect step) {
    suspects.removeIf(suspect -> step.micros() - suspect.micros() > longestMicros);
    if (step.evidence() < LEAST_EVIDENCE) {
      return null;
    }
    for (Suspect suspect : suspects) {
      if (undoes(step, suspect)) {
        suspects.clear();
        return suspect;
      }
    }
    if (suspects.size() == MOST) {
      suspects.removeFirst();
    }
    suspects.addLast(step);
    return null;
  }

  private boolean undoes(Suspect step, Suspect suspect) {
    return step.micros() - suspect.micros() >= SHORTEST_MICROS
        && step.changeLu() * suspect.changeLu() < 0
        && step.evidence()
                + suspect.evidence()
                - UNLIKE_CHANGE * Math.abs(step.changeLu() + suspect.changeLu())
                - UNLIKE_RISE * Math.abs(step.rise() - suspect.rise())
            >= minEvidence;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeByte(suspects.size());
    for (Suspect suspect : suspects) {
      state.writeLong(suspect.micros());
      state.writeDouble(suspect.changeLu());
      state.writeDouble(suspect.rise());
      state.writeDouble(suspect.beforeLufs());
      state.writeDouble(suspect.evidence());
    }
  }

  void restore(DataInput state) throws IOException {
    suspects.clear();
    for (int count = state.readByte(); count > 0; count--) {
      suspects.addLast(
          new Suspect(
              state.readLong(),
              state.readDouble(),
              state.readDouble(),
              state.readDouble(),
              state.readDouble()));
    }
  }
}
