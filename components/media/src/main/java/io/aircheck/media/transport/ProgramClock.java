package io.aircheck.media.transport;

/**
 * The clock of a programme, told by its clock references (PCR): a time that never steps back, for
 * measuring intervals between packets where nothing tells when they arrived. Times are ticks of 27
 * MHz.
 *
 * <p>Between two references time runs evenly with the bytes. Across a step of the references the
 * bytes alone tell how much time passed, by the mean rate of the last seconds.
 */
final class ProgramClock {
  static final long TICKS_PER_MILLI = 27_000;

  /** Steps up to here are in order: ISO/IEC 13818-1, 2.7.2, and TR 101 290 indicator 2.3b. */
  private static final long LARGEST_STEP = 100 * TICKS_PER_MILLI;

  /**
   * Steps up to here are references that come too rarely rather than a clock that jumped: encoders
   * of still pictures send one per picture.
   */
  private static final long LARGEST_PAUSE = 1_000 * TICKS_PER_MILLI;

  /** The bytes account for a step if they last for it within this factor at the mean rate. */
  private static final int RATE_TOLERANCE = 4;

  private static final long RATE_WINDOW = 4_000 * TICKS_PER_MILLI;
  private static final long WRAP = (1L << 33) * 300;

  /** How a reference relates to the one before. */
  enum Step {
    FIRST,
    REGULAR,
    /** Later than allowed, but the clock goes on. */
    LATE,
    /** A step that the stream announced. */
    DECLARED,
    /** A step that nothing announced. */
    JUMP
  }

  private long pcr = TsPacket.NO_TIME;
  private long position;
  private long time;
  private long previousPosition;
  private long previousTime;
  private long pcrStep;
  private double windowTicks;
  private double windowBytes;

  /**
   * The next reference.
   *
   * @param declared whether the stream announced a discontinuity
   * @param packetsLost whether packets were lost since the reference before
   */
  Step reference(long newPcr, long newPosition, boolean declared, boolean packetsLost) {
    if (pcr < 0) {
      pcr = newPcr;
      position = newPosition;
      previousPosition = newPosition;
      return Step.FIRST;
    }
    pcrStep = difference(newPcr, pcr);
    long bytes = newPosition - position;
    Step step = classify(declared, packetsLost, bytes);
    long elapsed =
        switch (step) {
          case REGULAR, LATE -> pcrStep;
          default -> Math.min(byteTime(bytes), LARGEST_PAUSE);
        };
    if (step == Step.REGULAR) {
      learnRate(elapsed, bytes);
    }
    previousPosition = position;
    previousTime = time;
    pcr = newPcr;
    position = newPosition;
    time += elapsed;
    return step;
  }

  private Step classify(boolean declared, boolean packetsLost, long bytes) {
    if (pcrStep >= 0 && pcrStep <= LARGEST_STEP) {
      return Step.REGULAR;
    }
    if (declared) {
      return Step.DECLARED;
    }
    boolean timePassed =
        pcrStep > 0
            && (pcrStep <= LARGEST_PAUSE
                || packetsLost
                || pcrStep <= RATE_TOLERANCE * byteTime(bytes));
    return timePassed ? Step.LATE : Step.JUMP;
  }

  private long byteTime(long bytes) {
    return windowBytes == 0 ? 0 : (long) (bytes * (windowTicks / windowBytes));
  }

  private void learnRate(long ticks, long bytes) {
    if (windowTicks > RATE_WINDOW) {
      windowTicks /= 2;
      windowBytes /= 2;
    }
    windowTicks += ticks;
    windowBytes += bytes;
  }

  /** Forgets the last reference: what comes next has nothing to do with it. Time goes on. */
  void forget() {
    pcr = TsPacket.NO_TIME;
  }

  /** Difference between two references over the wrap, within half its length either way. */
  private static long difference(long later, long earlier) {
    long step = Math.floorMod(later - earlier, WRAP);
    return step >= WRAP / 2 ? step - WRAP : step;
  }

  /** Time of the last reference. */
  long time() {
    return time;
  }

  /** Difference between the last two references, as they say. */
  long pcrStep() {
    return pcrStep;
  }

  /** Time of a byte position between the last two references. */
  long timeAt(long at) {
    long bytes = position - previousPosition;
    if (bytes <= 0) {
      return time;
    }
    double share = Math.clamp((double) (at - previousPosition) / bytes, 0, 1);
    return previousTime + Math.round(share * (time - previousTime));
  }
}
