package io.aircheck.deploy.isolated;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.isolated.Message.Failure;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the parent what a task in this child does. Used as a probe is. */
final class ReportingProbe implements TaskProbe {
  private static final long TELL_NANOS = 1_000_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int task;
  private final int run;
  private final ChildOutput out;
  private final StillMaker stills;

  private long toldNanos = System.nanoTime();
  private volatile @Nullable PacketRecording recording;
  private volatile @Nullable RequestLog requests;

  ReportingProbe(int task, int run, ChildOutput out, StillMaker stills) {
    this.task = task;
    this.run = run;
    this.out = out;
    this.stills = stills;
  }

  /** The run that the task belongs to. */
  int run() {
    return run;
  }

  /** What the task keeps of its input now; null: nothing. */
  @Nullable PacketRecording recording() {
    return recording;
  }

  @Override
  public void configured(MediaInfo info) {
    out.send(new Message.Configured(task, info));
  }

  @Override
  public void recording(PacketRecording kept) {
    recording = kept;
    out.send(new Message.Records(task));
  }

  @Override
  public void requests(RequestLog made) {
    requests = made;
    out.send(new Message.KeepsRequests(task));
  }

  /** The latest requests of the task; none where it makes none. */
  List<RequestLog.Exchange> exchanges() {
    RequestLog made = requests;
    return made == null ? List.of() : made.latest();
  }

  @Override
  public void observed(Observation observation) {
    out.send(new Message.TaskObserved(task, observation));
  }

  @Override
  public void metric(String track, String metric, long ptsMicros, double value) {
    out.write(new Message.Metric(task, out.curve(track, metric), ptsMicros, value));
  }

  @Override
  public void picture(FrameView frame) {
    tellProcessorTime();
    stills
        .take(frame)
        .ifPresent(jpeg -> out.send(new Message.Still(task, frame.ptsMicros(), jpeg)));
  }

  /** Once a second of wall-clock time, on the task's thread. */
  private void tellProcessorTime() {
    long now = System.nanoTime();
    if (now - toldNanos >= TELL_NANOS) {
      toldNanos = now;
      out.send(new Message.ProcessorTime(task, THREADS.getCurrentThreadCpuTime()));
    }
  }

  @Override
  public void unavailable(String reason) {
    out.send(new Message.Unavailable(task, reason));
  }

  @Override
  public void shedding(int stride, double behindSeconds, long skippedFrames) {
    out.send(new Message.Shedding(task, stride, behindSeconds, skippedFrames));
  }

  @Override
  public void decoding(Decoding decoding, String why) {
    out.send(new Message.Decodes(task, decoding, why));
  }

  @Override
  public void ended(TaskStatistics statistics, @Nullable MediaException failure) {
    recording = null;
    out.send(
        new Message.TaskEnded(
            task,
            statistics,
            Optional.ofNullable(failure)
                .map(why -> new Failure(why.reason(), String.valueOf(why.getMessage())))));
  }
}
