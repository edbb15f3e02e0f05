package io.aircheck.core.task;

import io.aircheck.core.detect.ExcusingDetector;
import io.aircheck.core.detect.ExcusingDetector.Excuse;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes the observations of detectors on, with what other detectors excuse marked as expected. A
 * finding that outlasts its excuse is told again as what it is.
 *
 * <p>Judged in media time and where the findings are made, so that everything behind (folds,
 * reports, incidents) sees the same, wherever it runs.
 */
final class ExpectedFindings implements ObservationSink {
  /**
   * Detectors tell of an end when it has lasted for their recovery time; a finding that ended in
   * time must not be told as a defect before that.
   */
  private static final long SETTLE_MICROS = 500_000;

  /** A finding as its detector told it, which is open and excused. */
  private record Excused(Finding finding, long untilMicros) {}

  private final ObservationSink out;
  private final List<ExcusingDetector> excusing = new ArrayList<>();
  private final Map<String, Excused> excused = new LinkedHashMap<>();

  ExpectedFindings(ObservationSink out) {
    this.out = out;
  }

  /** Lets a detector excuse findings from now on. */
  void ask(ExcusingDetector detector) {
    excusing.add(detector);
  }

  @Override
  public void observe(Observation observation) {
    switch (observation) {
      case Observation.Opened opened ->
          out.observe(new Observation.Opened(judgeOpen(opened.finding())));
      case Observation.Updated updated ->
          out.observe(new Observation.Updated(judgeOpen(updated.finding())));
      case Observation.Closed closed -> {
        Finding finding = closed.finding();
        excused.remove(finding.id());
        Excuse excuse = excuse(finding);
        out.observe(
            new Observation.Closed(excuse == null ? finding : finding.asExpected(excuse.why())));
      }
      case Observation.Fingerprinted fingerprinted -> out.observe(fingerprinted);
    }
  }

  private Finding judgeOpen(Finding finding) {
    Excuse excuse = excuse(finding);
    if (excuse == null) {
      excused.remove(finding.id());
      return finding;
    }
    excused.put(finding.id(), new Excused(finding, excuse.untilMicros()));
    return finding.asExpected(excuse.why());
  }

  /** The best excuse for all of what is known of a finding, or null. */
  private @Nullable Excuse excuse(Finding finding) {
    Excuse best = null;
    for (ExcusingDetector detector : excusing) {
      Optional<Excuse> excuse = detector.excuse(finding);
      if (excuse.isPresent()
          && excuse.get().untilMicros() >= finding.endMicros()
          && (best == null || excuse.get().untilMicros() > best.untilMicros())) {
        best = excuse.get();
      }
    }
    return best;
  }

  /** Media time went on: what is still open after its excuse is a defect. */
  void passed(long micros) {
    if (excused.isEmpty()) {
      return;
    }
    for (Excused entry : List.copyOf(excused.values())) {
      if (entry.untilMicros() < micros - SETTLE_MICROS) {
        // A further splice may have come to be known meanwhile.
        Finding lasting = entry.finding().lastingUntil(micros - SETTLE_MICROS);
        Finding judged = judgeOpen(lasting);
        if (!judged.expected()) {
          out.observe(new Observation.Updated(judged));
        }
      }
    }
  }

  @Override
  public void suspected(String kind, long ptsMicros) {
    out.suspected(kind, ptsMicros);
  }

  @Override
  public void metric(String track, String metric, long ptsMicros, double value) {
    out.metric(track, metric, ptsMicros, value);
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(excused.size());
    for (Excused entry : excused.values()) {
      Finding finding = entry.finding();
      state.writeLong(entry.untilMicros());
      state.writeUTF(finding.id());
      state.writeUTF(finding.kind());
      state.writeLong(finding.startMicros());
      state.writeLong(finding.endMicros());
      state.writeByte(finding.severity().ordinal());
      state.writeDouble(finding.confidence());
      String track = finding.track();
      state.writeBoolean(track != null);
      state.writeUTF(track == null ? "" : track);
      state.writeUTF(finding.message());
      state.writeInt(finding.measurements().size());
      for (Map.Entry<String, Double> measurement : finding.measurements().entrySet()) {
        state.writeUTF(measurement.getKey());
        state.writeDouble(measurement.getValue());
      }
    }
  }

  void restore(DataInput state) throws IOException {
    excused.clear();
    for (int count = state.readInt(); count > 0; count--) {
      long until = state.readLong();
      String id = state.readUTF();
      String kind = state.readUTF();
      long start = state.readLong();
      long end = state.readLong();
      Severity severity = Severity.values()[state.readByte()];
      double confidence = state.readDouble();
      boolean tracked = state.readBoolean();
      String track = state.readUTF();
      String message = state.readUTF();
      Map<String, Double> measurements = new HashMap<>();
      for (int left = state.readInt(); left > 0; left--) {
        measurements.put(state.readUTF(), state.readDouble());
      }
      Finding finding =
          new Finding(
              id,
              kind,
              start,
              end,
              severity,
              confidence,
              tracked ? track : null,
              null,
              measurements,
              message);
      excused.put(id, new Excused(finding, until));
    }
  }
}
