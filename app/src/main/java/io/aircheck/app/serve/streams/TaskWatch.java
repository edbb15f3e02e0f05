package io.aircheck.app.serve.streams;

import io.aircheck.app.serve.streams.StreamStatus.State;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.RequestLog;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the shoulder of one task: how it is, its metrics, and a small picture a second. One
 * thread at a time writes, any thread reads.
 */
final class TaskWatch implements TaskProbe {
  /** Half a minute, so that there is a picture from before any hold time. */
  private static final int STILLS_KEPT = 30;

  /** Shown live; everything else is in the history. */
  private static final List<String> LIVE_METRICS =
      List.of("audio.level", "audio.loudness_momentary", "audio.loudness_short_term");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final TaskId task;
  private final MetricRecorder.Lane metrics;
  private final LongSupplier clock;
  private final Runnable changed;
  private final MediaClock mediaClock = new MediaClock();
  private final Map<String, Double> levels = new ConcurrentHashMap<>();

  private final StillTaker stillTaker = new StillTaker();
  private final Deque<Still> stills = new ArrayDeque<>();
  private State state = State.STARTING;
  private @Nullable String problem;
  private @Nullable MediaInfo info;
  private @Nullable PacketRecording recording;
  private @Nullable RequestLog requests;

  /** Wall clock less media time, milliseconds. */
  private volatile long clockOffsetMillis;

  /** When the latest finding of each kind began, by the clock of the pictures. */
  private final Map<String, Long> startsMillis = new ConcurrentHashMap<>();

  private long skippedFrames;
  private long lost;
  private boolean late;
  private Decoding decoding = Decoding.FULL;
  private String why = "";
  private long suspiciousMillis;

  /** The task's thread in this process; 0 before it has begun. */
  private volatile long threadId;

  /** What the task's thread in another process has used; negative: it runs in this one. */
  private volatile long processorNanosElsewhere = -1;

  /**
   * @param clock wall-clock milliseconds since the epoch
   * @param changed called when the state has changed, on the task's thread
   */
  TaskWatch(TaskId task, MetricRecorder.Lane metrics, LongSupplier clock, Runnable changed) {
    this.task = task;
    this.metrics = metrics;
    this.clock = clock;
    this.changed = changed;
  }

  TaskId task() {
    return task;
  }

  @Override
  public void configured(MediaInfo now) {
    threadId = Thread.currentThread().threadId();
    become(State.WATCHING, null, now);
  }

  @Override
  public synchronized void recording(PacketRecording kept) {
    recording = kept;
  }

  @Override
  public synchronized void requests(RequestLog made) {
    requests = made;
  }

  /** The latest requests of the input; none where it makes none. */
  List<RequestLog.Exchange> exchanges() {
    RequestLog made;
    synchronized (this) {
      made = requests;
    }
    // It may have to be asked for in another process.
    return made == null ? List.of() : made.latest();
  }

  /** Writes a clip of what was on air between two wall-clock times, as far as it is kept. */
  boolean clip(long fromMillis, long toMillis, Path file) throws IOException {
    PacketRecording kept;
    synchronized (this) {
      kept = recording;
    }
    long offset = clockOffsetMillis;
    return kept != null
        && kept.write((fromMillis - offset) * 1000, (toMillis - offset) * 1000, file);
  }

  @Override
  public void metric(String track, String metric, long ptsMicros, double value) {
    long at = onAirMillis(ptsMicros);
    metrics.add(track, metric, at, value);
    if (LIVE_METRICS.contains(metric)) {
      levels.put(track + " " + metric, value);
    }
  }

  private long onAirMillis(long ptsMicros) {
    long at = mediaClock.wallClockMillis(ptsMicros, clock.getAsLong());
    clockOffsetMillis = at - Math.floorDiv(ptsMicros, 1000L);
    return at;
  }

  /**
   * A finding is seen when its segment is decoded, which is later than it was on air by the clock
   * of the pictures: its beginning is noted by that clock, so that the two fit.
   */
  @Override
  public void observed(Observation observation) {
    if (observation instanceof Observation.Opened opened) {
      startsMillis.put(
          opened.finding().kind(),
          clockOffsetMillis + Math.floorDiv(opened.finding().startMicros(), 1000L));
    }
  }

  /** When the latest finding of a kind began, by the clock of {@link #stills}. */
  OptionalLong startMillis(String kind) {
    Long start = startsMillis.get(kind);
    return start == null ? OptionalLong.empty() : OptionalLong.of(start);
  }

  @Override
  public void picture(FrameView frame) {
    onAirMillis(frame.ptsMicros());
    stillTaker.take(frame).ifPresent(jpeg -> still(frame.ptsMicros(), jpeg));
  }

  @Override
  public void still(long ptsMicros, byte[] jpeg) {
    Still still = new Still(onAirMillis(ptsMicros), ptsMicros, jpeg);
    synchronized (this) {
      stills.addLast(still);
      if (stills.size() > STILLS_KEPT) {
        stills.removeFirst();
      }
    }
  }

  @Override
  public void decoding(Decoding now, String reason) {
    synchronized (this) {
      decoding = now;
      why = reason;
      suspiciousMillis = reason.isEmpty() ? suspiciousMillis : clock.getAsLong();
    }
    changed.run();
  }

  /** Why it is decoded as it is, in words; empty when there is nothing special. */
  synchronized String why() {
    return why;
  }

  /** When something was last found to be suspicious, milliseconds since the epoch; 0: never. */
  synchronized long suspiciousMillis() {
    return suspiciousMillis;
  }

  /** Whether the task is behind its live input. */
  synchronized boolean late() {
    return late && state == State.WATCHING;
  }

  @Override
  public void processorTime(long nanos) {
    processorNanosElsewhere = nanos;
  }

  /** Processor time that the task's thread has used, nanoseconds; negative when nobody knows. */
  long processorNanos() {
    long elsewhere = processorNanosElsewhere;
    if (elsewhere >= 0) {
      return elsewhere;
    }
    long thread = threadId;
    return thread == 0 ? -1 : THREADS.getThreadCpuTime(thread);
  }

  @Override
  public void unavailable(String reason) {
    become(State.UNAVAILABLE, reason, null);
  }

  @Override
  public void shedding(int stride, double behindSeconds, long skipped) {
    synchronized (this) {
      skippedFrames = skipped;
      late = stride > 1;
    }
    changed.run();
  }

  @Override
  public void ended(TaskStatistics statistics, @Nullable MediaException failure) {
    metrics.hand();
    synchronized (this) {
      skippedFrames = statistics.skippedFrames();
    }
    become(
        failure == null ? State.ENDED : State.FAILED,
        failure == null ? null : failure.getMessage(),
        null);
  }

  private void become(State next, @Nullable String why, @Nullable MediaInfo now) {
    boolean told;
    synchronized (this) {
      told = next != state || now != null;
      lost += next == State.UNAVAILABLE && state != next ? 1 : 0;
      state = next;
      problem = why;
      if (now != null) {
        info = now;
      }
    }
    if (told) {
      changed.run();
    }
  }

  /** How it is now. */
  synchronized StreamStatus.Rendition status() {
    return new StreamStatus.Rendition(
        task.rendition(),
        state,
        Optional.ofNullable(problem),
        Optional.ofNullable(info),
        levels,
        skippedFrames,
        lost,
        decoding == Decoding.KEY_PICTURES);
  }

  /** The latest pictures, oldest first. */
  synchronized List<Still> stills() {
    return new ArrayList<>(stills);
  }
}
