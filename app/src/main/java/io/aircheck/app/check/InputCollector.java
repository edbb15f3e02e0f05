package io.aircheck.app.check;

import io.aircheck.app.report.Illustrations;
import io.aircheck.app.report.InputReport;
import io.aircheck.app.report.InputReport.DetectorVersion;
import io.aircheck.app.report.InputReport.RenditionTrack;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.Track;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.inprocess.TaskId;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what the tasks of one input say into its report. Thread-safe. */
final class InputCollector {
  private static final Comparator<Finding> ORDER =
      Comparator.comparingLong(Finding::startMicros)
          .thenComparing(Finding::kind)
          .thenComparing(finding -> String.valueOf(finding.rendition()))
          .thenComparing(finding -> String.valueOf(finding.track()))
          .thenComparing(Finding::id);

  private final SourceRequest source;
  private final InputWatcher watcher;
  private final long startedNanos = System.nanoTime();
  private final long startedCpuNanos = processCpuNanos();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, RenditionTrack> tracks = new LinkedHashMap<>();
  private final Map<String, String> detectorFailures = new TreeMap<>();
  private final Map<TaskId, Long> nanosElsewhere = new HashMap<>();
  private @Nullable MediaInfo info;
  private @Nullable String error;
  private boolean compared = true;
  private long videoFrames;
  private long audioMicros;
  private long skippedFrames;
  private long reachedMicros;

  InputCollector(SourceRequest source, InputWatcher watcher) {
    this.source = source;
    this.watcher = watcher;
  }

  TaskProbe probe(TaskId id) {
    return new Probe(id);
  }

  synchronized void observe(StreamObservation observation) {
    if (observation.point() == Point.MONITORED
        && observation.observation() instanceof Observation.Closed closed) {
      findings.add(closed.finding());
    }
  }

  /** Something failed that should not; the report says so instead of looking clean. */
  synchronized void internalFailure(Throwable failure) {
    error = "internal error while analysing: " + failure;
    watcher.failed(new TaskId("", null, Point.MONITORED), failure);
  }

  /** The place where it was analysed is gone: what was found until then is the report. */
  synchronized void lost(String why) {
    error = why;
  }

  private synchronized void configured(TaskId id, MediaInfo configured) {
    if (info == null) {
      info = configured;
    }
    for (Track track : configured.tracks()) {
      tracks.putIfAbsent(
          id.rendition() + "/" + track.id(), new RenditionTrack(id.rendition(), track));
    }
  }

  private synchronized void ended(
      TaskId id, TaskStatistics statistics, @Nullable MediaException failure) {
    if (failure != null) {
      String where = id.rendition() == null ? "" : "rendition " + id.rendition() + ": ";
      if (id.point() == Point.REFERENCE) {
        where = "reference ";
        compared = statistics.videoFrames() > 0 || statistics.audioMicros() > 0;
      }
      String words = where + failure.getMessage();
      error = error == null ? words : error + "; " + words;
    }
    if (id.point() == Point.REFERENCE) {
      return;
    }
    videoFrames += statistics.videoFrames();
    audioMicros += statistics.audioMicros();
    skippedFrames += statistics.skippedFrames();
    reachedMicros = Math.max(reachedMicros, statistics.mediaMicros());
    detectorFailures.putAll(statistics.detectorFailures());
  }

  synchronized InputReport report(List<ConfiguredDetector> detectors, Illustrations illustrations) {
    findings.sort(ORDER);
    MediaInfo known = info;
    boolean opened = known != null && (videoFrames > 0 || audioMicros > 0 || error == null);
    return new InputReport(
        SafeUri.redact(source.uri()),
        known == null ? "" : known.container(),
        (known == null ? reachedMicros : known.durationMicros().orElse(reachedMicros)) / 1e6,
        List.copyOf(tracks.values()),
        findings,
        new InputReport.Analysis(
            videoFrames,
            audioMicros / 1e6,
            skippedFrames,
            (System.nanoTime() - startedNanos) / 1e9,
            (processCpuNanos() - startedCpuNanos + elsewhere()) / 1e9,
            detectors.stream()
                .map(d -> new DetectorVersion(d.factory().kind(), d.factory().version()))
                .toList(),
            Map.copyOf(detectorFailures)),
        Optional.ofNullable(error),
        opened,
        compared,
        illustrations);
  }

  /** Of tasks in other processes: that of their threads, as they told it last. */
  private long elsewhere() {
    return nanosElsewhere.values().stream().mapToLong(nanos -> nanos).sum();
  }

  /** Processor time of all threads, decoder and compiler included: what it really cost. */
  private static long processCpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private final class Probe implements TaskProbe {
    private final TaskId id;

    Probe(TaskId id) {
      this.id = id;
    }

    @Override
    public void configured(MediaInfo configured) {
      if (id.point() == Point.MONITORED) {
        InputCollector.this.configured(id, configured);
        watcher.configured(id, configured);
      }
    }

    @Override
    public void observed(Observation observation) {
      if (id.point() == Point.MONITORED && observation instanceof Observation.Opened opened) {
        watcher.opened(id, opened.finding());
      }
    }

    @Override
    public void metric(String track, String metric, long ptsMicros, double value) {
      if (id.point() == Point.MONITORED) {
        watcher.metric(id, track, metric, ptsMicros, value);
      }
    }

    @Override
    public void picture(FrameView frame) {
      if (id.point() == Point.MONITORED) {
        watcher.picture(id, frame);
      }
    }

    @Override
    public void still(long ptsMicros, byte[] jpeg) {
      if (id.point() == Point.MONITORED) {
        watcher.still(id, ptsMicros, jpeg);
      }
    }

    @Override
    public void processorTime(long nanos) {
      synchronized (InputCollector.this) {
        nanosElsewhere.put(id, nanos);
      }
    }

    @Override
    public void ended(TaskStatistics statistics, @Nullable MediaException failure) {
      InputCollector.this.ended(id, statistics, failure);
      if (failure != null) {
        watcher.failed(id, failure);
      }
    }
  }
}
