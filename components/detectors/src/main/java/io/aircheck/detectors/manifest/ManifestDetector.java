package io.aircheck.detectors.manifest;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.ManifestSignal;
import io.aircheck.core.media.ManifestSignal.Fault;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns signals of one manifest fault into findings. Ongoing faults are open until the signal that
 * ends them; instants that follow each other closely are one.
 */
final class ManifestDetector implements Detector {
  private final ManifestRule rule;
  private final long foldMicros;
  private final double errorAfterTargetDurations;

  private boolean open;
  private boolean ongoing;
  private long serial;
  private long startMicros;
  private long endMicros;
  private int faults;
  private Severity reported = Severity.INFO;
  private Map<String, Double> values = Map.of();
  private String message = "";

  ManifestDetector(ManifestRule rule, Options options) {
    this.rule = rule;
    this.foldMicros = options.micros(ManifestRule.FOLD);
    this.errorAfterTargetDurations =
        rule.fault() == Fault.STALE ? options.get(ManifestRule.ERROR_AFTER) : 0;
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    // Faults of the playlists go on whatever tracks they lead to.
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (!(event instanceof MediaEvent.Manifest(ManifestSignal signal))
        || signal.fault() != rule.fault()) {
      return;
    }
    boolean ends = open && ongoing && !signal.ongoing();
    if (open && !ongoing && signal.ptsMicros() - endMicros > foldMicros) {
      close(out);
    }
    boolean begins = !open;
    if (begins) {
      open = true;
      serial++;
      startMicros = signal.ptsMicros();
      endMicros = signal.ptsMicros();
      faults = 0;
    }
    endMicros = Math.max(endMicros, signal.endMicros());
    ongoing = signal.ongoing();
    if (!ends) {
      faults++;
    }
    Severity severity = rule.severity(signal.values(), errorAfterTargetDurations);
    // What was found of something grave is not hidden by something slight that follows it.
    if (begins || severity.atLeast(reported)) {
      values = signal.values();
      message = signal.detail() + " (" + signal.uri() + ")";
    }
    if (begins) {
      out.observe(new Observation.Opened(finding(severity)));
    } else if (!reported.atLeast(severity) && !ends) {
      out.observe(new Observation.Updated(finding(severity)));
    }
    if (ends) {
      close(out);
    }
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    passed(frame.ptsMicros(), out);
  }

  @Override
  public void onAudio(AudioView audio, ObservationSink out) {
    passed(audio.ptsMicros(), out);
  }

  private void passed(long ptsMicros, ObservationSink out) {
    if (open && !ongoing && ptsMicros - endMicros > foldMicros) {
      close(out);
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    if (open) {
      if (ongoing) {
        endMicros = Math.max(endMicros, ptsMicros);
      }
      close(out);
    }
  }

  private void close(ObservationSink out) {
    out.observe(new Observation.Closed(finding(rule.severity(values, errorAfterTargetDurations))));
    open = false;
    ongoing = false;
  }

  private Finding finding(Severity severity) {
    reported = severity;
    Map<String, Double> measurements = new HashMap<>(values);
    if (rule.fault() != Fault.STALE) {
      measurements.put("faults", (double) faults);
    }
    String kind = rule.fault().kind();
    return new Finding(
        kind + "/" + serial,
        kind,
        startMicros,
        endMicros,
        severity,
        1,
        null,
        null,
        measurements,
        message);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(open);
    state.writeBoolean(ongoing);
    state.writeLong(serial);
    state.writeLong(startMicros);
    state.writeLong(endMicros);
    state.writeInt(faults);
    state.writeByte(reported.ordinal());
    state.writeUTF(message);
    state.writeInt(values.size());
    for (Map.Entry<String, Double> value : values.entrySet()) {
      state.writeUTF(value.getKey());
      state.writeDouble(value.getValue());
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    open = state.readBoolean();
    ongoing = state.readBoolean();
    serial = state.readLong();
    startMicros = state.readLong();
    endMicros = state.readLong();
    faults = state.readInt();
    reported = Severity.values()[state.readByte()];
    message = state.readUTF();
    Map<String, Double> restored = new HashMap<>();
    for (int i = state.readInt(); i > 0; i--) {
      restored.put(state.readUTF(), state.readDouble());
    }
    values = restored;
  }
}
