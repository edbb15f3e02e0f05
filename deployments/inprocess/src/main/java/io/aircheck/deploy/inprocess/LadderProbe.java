package io.aircheck.deploy.inprocess;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.media.TimestampScope;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.picture.AreaMeans;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.core.task.LadderWatch;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import org.jspecify.annotations.Nullable;

/** Lets the ladder know what becomes of one of its renditions; passes everything on. */
final class LadderProbe implements TaskProbe {
  private final TaskProbe probe;
  private final AreaMeans means = new AreaMeans();
  private LadderWatch.@Nullable Member member;

  LadderProbe(TaskProbe probe) {
    this.probe = probe;
  }

  /** Before the task starts: the rendition belongs to a ladder. */
  void join(LadderWatch.Member joined) {
    member = joined;
  }

  /** A detector of the task suspects something. */
  void suspected(String kind) {
    if (member != null) {
      member.suspected(kind);
    }
  }

  @Override
  public void configured(MediaInfo info) {
    probe.configured(info);
    if (member != null) {
      member.configured(info);
    }
  }

  @Override
  public void unavailable(String reason) {
    probe.unavailable(reason);
    if (member != null) {
      member.lost();
    }
  }

  @Override
  public void ended(TaskStatistics statistics, @Nullable MediaException failure) {
    probe.ended(statistics, failure);
    // What comes to its end does so in all renditions: nothing is left to be watched instead.
    if (member != null && failure != null) {
      member.lost();
    }
  }

  @Override
  public void recording(PacketRecording recording) {
    probe.recording(recording);
  }

  @Override
  public void requests(RequestLog requests) {
    probe.requests(requests);
  }

  @Override
  public void observed(Observation observation) {
    probe.observed(observation);
  }

  @Override
  public void metric(String track, String metric, long ptsMicros, double value) {
    probe.metric(track, metric, ptsMicros, value);
  }

  @Override
  public void analysed(FrameView frame, PictureAnalysis analysis, TimestampScope scope) {
    probe.analysed(frame, analysis, scope);
    if (member != null) {
      member.picture(frame.ptsMicros(), scope, frame.keyFrame(), () -> means.of(frame));
    }
  }

  @Override
  public void heard(SoundBlock block, TimestampScope scope) {
    probe.heard(block, scope);
    if (member != null) {
      member.sound(block, scope);
    }
  }

  @Override
  public void coded(MediaEvent.CodedPictures coded, TimestampScope scope) {
    probe.coded(coded, scope);
    if (member != null) {
      member.coded(coded, scope);
    }
  }

  @Override
  public void picture(FrameView frame) {
    probe.picture(frame);
  }

  @Override
  public void decoding(Decoding decoding, String why) {
    probe.decoding(decoding, why);
  }

  @Override
  public void shedding(int stride, double behindSeconds, long skippedFrames) {
    probe.shedding(stride, behindSeconds, skippedFrames);
  }
}
