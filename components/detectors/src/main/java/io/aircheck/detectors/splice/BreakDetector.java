package io.aircheck.detectors.splice;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Condition.Aggregate;
import io.aircheck.core.detect.Condition.Assessment;
import io.aircheck.core.detect.Condition.Measurement;
import io.aircheck.core.detect.Condition.Timing;
import io.aircheck.core.detect.ExcusingDetector;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.SpliceSignal;
import io.aircheck.core.media.SpliceSignal.Type;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * {@code splice.break}, {@code splice.break_overrun}, {@code splice.unreadable}: follows the breaks
 * that splice information announces. Says which findings of others belong to their borders, and
 * which breaks do not end.
 */
final class BreakDetector implements ExcusingDetector {
  /** States that last: expected for as long as the windows around splices reach. */
  private static final Set<String> STATES =
      Set.of(Kinds.VIDEO_BLACK, Kinds.VIDEO_FREEZE, Kinds.VIDEO_SOLID_COLOR, Kinds.AUDIO_SILENCE);

  /** Changes against what was before: expected by where they happen, whatever comes after. */
  private static final Set<String> CHANGES =
      Set.of(Kinds.VIDEO_LETTERBOX, Kinds.AUDIO_LOUDNESS_JUMP);

  /** Damaged sections that follow each other this closely are one finding. */
  private static final long UNREADABLE_FOLD_MICROS = 10_000_000;

  /** Opens at once; what ends it is said. */
  private static final Timing UNTIL_ENDED = new Timing(0, Long.MAX_VALUE / 4);

  private final long toleranceMicros;
  private final long maxMicros;
  private final BreakBook book = new BreakBook();
  private final SplicePoints points;
  private final Condition breaks;
  private final Condition overrun;
  private final Condition unreadable;
  private long reachedMicros = Long.MIN_VALUE;
  private boolean damaged;
  private String unreadableDetail = "";

  BreakDetector(Options options) {
    toleranceMicros = options.micros(BreakDetectorFactory.TOLERANCE);
    maxMicros = options.micros(BreakDetectorFactory.MAX_DURATION);
    points =
        new SplicePoints(
            options.micros(BreakDetectorFactory.WINDOW_BEFORE),
            options.micros(BreakDetectorFactory.WINDOW_AFTER));
    Measurement announced = new Measurement("announcedSeconds", Aggregate.LAST);
    breaks = new Condition(Kinds.SPLICE_BREAK, null, UNTIL_ENDED, this::assessBreak, announced);
    overrun =
        new Condition(
            Kinds.SPLICE_BREAK_OVERRUN,
            null,
            UNTIL_ENDED,
            this::assessOverrun,
            announced,
            new Measurement("breakSeconds", Aggregate.MAX));
    unreadable =
        new Condition(
            Kinds.SPLICE_UNREADABLE,
            null,
            new Timing(0, UNREADABLE_FOLD_MICROS),
            this::assessUnreadable,
            new Measurement("sections", Aggregate.SUM));
  }

  private Assessment assessBreak(long durationMicros, Map<String, Double> measurements) {
    double announced = measurements.getOrDefault("announcedSeconds", 0.0);
    return new Assessment(
        Severity.INFO,
        1,
        announced > 0
            ? String.format(Locale.ROOT, "ad break, announced for %.1f s", announced)
            : "ad break of a length that was not announced");
  }

  private Assessment assessOverrun(long durationMicros, Map<String, Double> measurements) {
    double announced = measurements.getOrDefault("announcedSeconds", 0.0);
    double lasted = measurements.getOrDefault("breakSeconds", 0.0);
    return new Assessment(
        Severity.ERROR,
        1,
        announced > 0
            ? String.format(
                Locale.ROOT,
                "ad break was announced for %.1f s and is not over after %.1f s",
                announced,
                lasted)
            : String.format(
                Locale.ROOT, "ad break of no announced length is not over after %.1f s", lasted));
  }

  private Assessment assessUnreadable(long durationMicros, Map<String, Double> measurements) {
    return new Assessment(damaged ? Severity.WARNING : Severity.INFO, 1, unreadableDetail);
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    // Breaks go on whatever tracks there are: advertisements often have others.
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    switch (event) {
      case MediaEvent.Splice(SpliceSignal signal) -> take(signal, out);
      case MediaEvent.Discontinuity discontinuity
          when discontinuity.cause() == MediaEvent.Discontinuity.Cause.RECONNECT -> {
        book.forgetBegun();
        passed(discontinuity.ptsMicros(), out);
      }
      default -> {
        // Says nothing of breaks.
      }
    }
  }

  private void take(SpliceSignal signal, ObservationSink out) {
    if (signal.type() == Type.ENCRYPTED || signal.type() == Type.UNREADABLE) {
      damaged = signal.type() == Type.UNREADABLE || damaged && unreadable.isActive();
      unreadableDetail = signal.detail();
      long at = Math.max(reachedMicros, signal.ptsMicros());
      unreadable.update(at, at, true, out, 1);
      return;
    }
    if (signal.type() == Type.CANCEL) {
      for (SpliceSignal cancelled : book.cancel(signal)) {
        pointsOf(cancelled).forEach(points::remove);
      }
    } else {
      book.add(signal);
      pointsOf(signal).forEach(points::add);
    }
  }

  /** Where a signal says that the programme is left or comes back. */
  private static LongStream pointsOf(SpliceSignal signal) {
    LongStream at = LongStream.of(signal.ptsMicros());
    return signal.durationMicros().isPresent()
        ? LongStream.concat(
            at, LongStream.of(signal.ptsMicros() + signal.durationMicros().getAsLong()))
        : at;
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    passed(frame.ptsMicros(), out);
  }

  @Override
  public void onAudio(AudioView audio, ObservationSink out) {
    passed(audio.ptsMicros(), out);
  }

  private void passed(long micros, ObservationSink out) {
    if (micros < reachedMicros) {
      return;
    }
    reachedMicros = micros;
    book.passed(micros);
    OptionalLong since = book.outSince();
    if (since.isEmpty()) {
      breaks.end(out);
      overrun.end(out);
    } else {
      OpenBreak first = book.firstToEnd(maxMicros);
      double announced = first.durationMicros().orElse(0) / 1e6;
      breaks.update(
          breaks.isActive() ? micros : Math.clamp(since.getAsLong(), 0, micros),
          micros,
          true,
          out,
          announced);
      followOverrun(first, announced, out);
    }
    unreadable.update(micros, micros, false, out);
  }

  private void followOverrun(OpenBreak first, double announced, ObservationSink out) {
    long planned = first.plannedEndMicros(maxMicros);
    long tolerated = first.durationMicros().isPresent() ? toleranceMicros : 0;
    if (first.returnsByItself() || reachedMicros <= planned + tolerated) {
      overrun.end(out);
      return;
    }
    overrun.update(
        overrun.isActive() ? reachedMicros : Math.max(0, planned),
        reachedMicros,
        true,
        out,
        announced,
        (reachedMicros - first.startMicros()) / 1e6);
  }

  @Override
  public Optional<Excuse> excuse(Finding finding) {
    boolean state = STATES.contains(finding.kind());
    if (!state && !CHANGES.contains(finding.kind())) {
      return Optional.empty();
    }
    long until = points.coveredFrom(finding.startMicros());
    return until == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(new Excuse(state ? until : Long.MAX_VALUE, "at the border of an ad break"));
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    passed(ptsMicros, out);
    breaks.end(out);
    overrun.end(out);
    unreadable.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    book.snapshot(state);
    points.snapshot(state);
    breaks.snapshot(state);
    overrun.snapshot(state);
    unreadable.snapshot(state);
    state.writeLong(reachedMicros);
    state.writeBoolean(damaged);
    state.writeUTF(unreadableDetail);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    book.restore(state);
    points.restore(state);
    breaks.restore(state);
    overrun.restore(state);
    unreadable.restore(state);
    reachedMicros = state.readLong();
    damaged = state.readBoolean();
    unreadableDetail = state.readUTF();
  }
}
