package io.aircheck.core.task;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.TimestampScope;

/**
 * Which pictures of an input are decoded, and how many of those detectors are shown: fewer by
 * demand, see {@link PictureDepth}, and on a machine that is too slow, see {@link LoadShedder}. On
 * the task's thread but for {@link #demand}.
 */
final class PictureIntake {
  private final DetectorBank bank;
  private final TaskProbe probe;
  private final TaskTally tally;
  private final LoadShedder shedder = new LoadShedder();
  private final PictureDepth depth = new PictureDepth();

  PictureIntake(DetectorBank bank, TaskProbe probe, TaskTally tally) {
    this.bank = bank;
    this.probe = probe;
    this.tally = tally;
  }

  /** Decodes more or less from the next event on; from any thread. */
  void demand(Decoding decoding, String why) {
    depth.demand(decoding, why);
  }

  /** Does what was demanded since, before the next event is taken. */
  void meet(MediaSource source, long mediaMicros) {
    depth.meet(source, bank, probe, mediaMicros);
  }

  /** The input was opened anew. */
  void opened(MediaSource source) {
    depth.opened(source);
    shedder.beginAnew();
  }

  /** A picture of now. */
  void picture(MediaEvent.Video video, TimestampScope scope) {
    boolean closely = depth.keyPicturesOnly() || shedder.takesPicture();
    tally.picture(!closely);
    bank.frame(
        video.frame(),
        closely ? standsFor(video) : 0,
        analysis -> probe.analysed(video.frame(), analysis, scope));
    probe.picture(video.frame());
  }

  private int standsFor(MediaEvent.Video video) {
    return depth.keyPicturesOnly() ? depth.standsFor(video.frame().trackId()) : shedder.stride();
  }

  /** A picture of a time that is over. */
  void late(MediaEvent.Late late) {
    boolean closely = shedder.takesPicture();
    if (!late.frame().keyFrame()) {
      tally.picture(!closely);
    }
    bank.late(late.frame(), closely ? shedder.stride() : 0);
    // What catching up takes is no sign of a machine that is too slow.
    shedder.beginAnew();
  }

  /** A picture was left out. */
  void undecoded(MediaEvent.Undecoded undecoded) {
    depth.undecoded(undecoded);
  }

  /** Looks at fewer pictures of a live input when the machine is too slow for all of them. */
  void keepPace(MediaSource source, long nowNanos, long mediaMicros) {
    if (shedder.progress(nowNanos, mediaMicros, source.waitedNanos())) {
      probe.shedding(shedder.stride(), shedder.behindSeconds(), tally.skippedFrames());
    }
  }
}
