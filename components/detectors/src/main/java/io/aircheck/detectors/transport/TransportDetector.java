package io.aircheck.detectors.transport;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Condition.Assessment;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.TransportSignal;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * Turns violations of one transport indicator into findings; violations close to each other are
 * one.
 */
final class TransportDetector implements Detector {
  private final TransportRule rule;
  private final double maxIntervalMillis;
  private final long errorAfterMicros;
  private final Condition condition;
  private int pid = -1;
  private String detail = "";

  TransportDetector(TransportRule rule, Options options) {
    this.rule = rule;
    this.maxIntervalMillis =
        rule.has(TransportRule.MAX_INTERVAL) ? options.get(TransportRule.MAX_INTERVAL) : 0;
    this.errorAfterMicros =
        rule.has(TransportRule.ERROR_AFTER) ? options.micros(TransportRule.ERROR_AFTER) : 0;
    this.condition =
        new Condition(
            rule.indicator().kind(),
            null,
            new Condition.Timing(0, options.micros(TransportRule.RECOVERY)),
            this::assess,
            rule.measurements());
  }

  private Assessment assess(long durationMicros, Map<String, Double> measurements) {
    boolean shortOutage = rule.severity() == Severity.ERROR && durationMicros < errorAfterMicros;
    String where = pid < 0 ? "" : "PID " + pid + ": ";
    return new Assessment(shortOutage ? Severity.WARNING : rule.severity(), 1, where + detail);
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    // Violations are of the transport stream, whatever tracks it carries.
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    if (event instanceof MediaEvent.Transport(TransportSignal signal)
        && signal.indicator() == rule.indicator()
        && !(signal.value() <= maxIntervalMillis && rule.has(TransportRule.MAX_INTERVAL))) {
      pid = signal.pid();
      detail = signal.detail();
      double value = Double.isNaN(signal.value()) ? 0 : signal.value();
      condition.update(signal.ptsMicros(), signal.endMicros(), true, out, value);
      out.metric("", rule.indicator().kind(), signal.ptsMicros(), value);
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
    if (condition.isActive()) {
      condition.update(ptsMicros, ptsMicros, false, out);
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    condition.end(out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    state.writeInt(pid);
    state.writeUTF(detail);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    condition.restore(state);
    pid = state.readInt();
    detail = state.readUTF();
  }
}
