package io.aircheck.detectors.sound.jump;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.sound.SoundDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Jumps of loudness of one track: the gain changes within hundredths of a second, and stays.
 *
 * <p>Programme grows louder and softer by itself, often by more than a fault does; {@link GainStep}
 * tells a change of gain from it.
 */
final class LoudnessJumpMonitor implements SoundDetector.TrackMonitor {
  private static final String CHANGE = "changeLu";
  private static final String BEFORE = "beforeLufs";
  private static final String EVIDENCE = "evidence";

  private static final int BLOCKS_PER_HOP = SoundBlock.BLOCKS_PER_SECOND / 10;

  /** Share of the 400 ms that must be active on both sides: a shout or a bang is none. */
  private static final double MIN_ACTIVE_SHARE = 0.4;

  /** Sound that becomes softer than this has not become softer, it has ended. */
  private static final double GONE_LUFS = -62;

  /** Share of driven blocks from which the louder side is a matter of clipping. */
  private static final double DRIVEN_SHARE = 0.1;

  /** A pause between sentences does not end the new level. */
  private static final long PAUSE_MICROS = 2_000_000;

  /** What it is worth that a step is undone by another: so much less evidence will do for both. */
  private static final double UNDONE_EVIDENCE = 3;

  /** No jump has ended yet. */
  private static final long NEVER_MICROS = Long.MIN_VALUE / 2;

  private final double minChangeLu;
  private final double minBeforeLufs;
  private final double minEvidence;
  private final long maxDurationMicros;
  private final Condition condition;
  private final UndoneSteps undone;

  private LevelTrail trail = new LevelTrail(48_000, ChannelLayout.NONE);
  private int blocksInHop;
  private double changeLu;
  private double beforeLufs;
  private double evidence;
  private long endedMicros = NEVER_MICROS;

  LoudnessJumpMonitor(String track, Options options) {
    minChangeLu = options.get("minChangeLu");
    minBeforeLufs = options.get("minBeforeLufs");
    minEvidence = options.get("minEvidence");
    maxDurationMicros = options.micros("maxDurationSeconds");
    undone = new UndoneSteps(maxDurationMicros, minEvidence - UNDONE_EVIDENCE);
    condition =
        new Condition(
            Kinds.AUDIO_LOUDNESS_JUMP,
            track,
            new Condition.Timing(0, PAUSE_MICROS),
            LoudnessJumpMonitor::assess,
            new Condition.Measurement(CHANGE, Condition.Aggregate.LAST),
            new Condition.Measurement(BEFORE, Condition.Aggregate.LAST),
            new Condition.Measurement(EVIDENCE, Condition.Aggregate.LAST));
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    trail = new LevelTrail(sampleRate, layout);
    blocksInHop = 0;
    undone.clear();
    endedMicros = NEVER_MICROS;
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    trail.add(block);
    if (!trail.isFull()) {
      return;
    }
    follow(block, out);
    long blockMicros = block.endMicros() - block.startMicros();
    long middleMicros = block.startMicros() - LevelTrail.SIDE * blockMicros;
    if (++blocksInHop == BLOCKS_PER_HOP) {
      blocksInHop = 0;
      double change = GainStep.after(trail).lufs() - GainStep.before(trail).lufs();
      out.metric(block.trackId(), "audio.loudness_change", middleMicros, change);
    }
    GainStep step = GainStep.of(trail);
    if (step != null && mayBeJump(step)) {
      if (step.evidence() >= minEvidence) {
        jump(step, middleMicros, block.endMicros(), out);
      } else if (!condition.isActive()) {
        suspect(step, middleMicros, out);
      }
    }
  }

  private boolean mayBeJump(GainStep step) {
    int louderSide = step.direction() > 0 ? 1 : -LevelTrail.SIDE;
    return step.lasting()
        && step.direction() * step.changeLu() >= minChangeLu
        && step.before().lufs() >= minBeforeLufs
        && step.after().lufs() >= GONE_LUFS
        && Math.min(step.before().activeShare(), step.after().activeShare()) >= MIN_ACTIVE_SHARE
        && trail.drivenShare(louderSide, LevelTrail.SIDE) < DRIVEN_SHARE;
  }

  private void jump(GainStep step, long stepMicros, long nowMicros, ObservationSink out) {
    boolean back = step.direction() != Math.signum(changeLu);
    if (condition.isActive()) {
      if (back) {
        condition.end(out);
        endedMicros = stepMicros;
      }
    } else if (!back || Math.abs(stepMicros - endedMicros) > PAUSE_MICROS) {
      changeLu = step.changeLu();
      beforeLufs = step.before().lufs();
      evidence = step.evidence();
      condition.update(stepMicros, nowMicros, true, out, changeLu, beforeLufs, evidence);
    }
  }

  /** A step that is told only when it is undone, and then with its whole length. */
  private void suspect(GainStep step, long stepMicros, ObservationSink out) {
    UndoneSteps.Suspect first =
        undone.undoneBy(
            new UndoneSteps.Suspect(
                stepMicros, step.changeLu(), step.rise(), step.before().lufs(), step.evidence()));
    if (first != null && first.micros() > endedMicros) {
      condition.report(
          first.micros(), stepMicros, out, first.changeLu(), first.beforeLufs(), first.evidence());
      endedMicros = stepMicros;
    }
  }

  /** It goes on while the sound keeps coming back to beyond half of the change. */
  private void follow(SoundBlock block, ObservationSink out) {
    if (!condition.isActive()) {
      return;
    }
    double middle = beforeLufs + changeLu / 2;
    double level =
        GatedLevel.lufs(trail.power(LevelTrail.SIDE - BLOCKS_PER_HOP + 1, BLOCKS_PER_HOP));
    boolean beyond = changeLu > 0 ? level >= middle : level <= middle;
    condition.update(
        block.startMicros(), block.endMicros(), beyond, out, changeLu, beforeLufs, evidence);
    if (beyond) {
      endedMicros = block.endMicros();
    }
    if (condition.isOpen() && block.endMicros() - condition.startMicros() >= maxDurationMicros) {
      condition.end(out);
    }
  }

  private static Condition.Assessment assess(
      long durationMicros, Map<String, Double> measurements) {
    double change = measurements.getOrDefault(CHANGE, 0.0);
    double odds = Math.exp(measurements.getOrDefault(EVIDENCE, 0.0));
    return new Condition.Assessment(
        Severity.WARNING,
        Math.clamp(odds / (1 + odds), 0.5, 0.95),
        String.format(
            Locale.ROOT,
            "Sound %.0f LU %s at once, from %.0f LUFS, for %.1f s",
            Math.abs(change),
            change > 0 ? "louder" : "softer",
            measurements.getOrDefault(BEFORE, GatedLevel.SILENT_LUFS),
            durationMicros / 1e6));
  }

  @Override
  public void end(ObservationSink out) {
    condition.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    trail.snapshot(state);
    undone.snapshot(state);
    state.writeInt(blocksInHop);
    state.writeDouble(changeLu);
    state.writeDouble(beforeLufs);
    state.writeDouble(evidence);
    state.writeLong(endedMicros);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    trail.restore(state);
    undone.restore(state);
    blocksInHop = state.readInt();
    changeLu = state.readDouble();
    beforeLufs = state.readDouble();
    evidence = state.readDouble();
    endedMicros = state.readLong();
  }
}
