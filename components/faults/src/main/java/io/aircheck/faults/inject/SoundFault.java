package io.aircheck.faults.inject;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Changes sound. Sees every run in order; one instance per fault and stream. */
interface SoundFault {

  /** Changes the part of the run that the fault covers. */
  void apply(EditableSound sound);

  /** New value of a sample. */
  @FunctionalInterface
  interface SampleChange {
    /**
     * @param micros time since the fault began
     */
    double at(int channel, double sample, long micros);
  }

  /** The fault of a request, or null when it does not concern sound. */
  static @Nullable SoundFault of(FaultRequest request) {
    if (request.kind() == FaultKind.AV_OFFSET) {
      return request.value("millis") > 0 ? new Delay(request) : null;
    }
    SampleChange change = change(request);
    return change == null ? null : sound -> apply(sound, request, change);
  }

  private static void apply(EditableSound sound, FaultRequest request, SampleChange change) {
    for (int i = 0; i < sound.sampleCount(); i++) {
      long micros = sound.micros(i);
      if (request.covers(micros)) {
        for (int c = 0; c < sound.samples().length; c++) {
          float[] samples = sound.samples()[c];
          samples[i] = (float) change.at(c, samples[i], micros - request.startMicros());
        }
      }
    }
  }

  private static @Nullable SampleChange change(FaultRequest request) {
    return switch (request.kind()) {
      case SILENCE -> (channel, sample, micros) -> 0;
      case NOISE_FLOOR -> {
        Random random = new Random(request.startMicros());
        double level = amplitude(request.value("dbfs"));
        yield (channel, sample, micros) -> random.nextGaussian() * level;
      }
      case CLIPPING -> {
        double gain = amplitude(request.value("gainDb"));
        yield (channel, sample, micros) -> Math.clamp(sample * gain, -1, 1);
      }
      case CHANNEL_LOSS -> {
        int lost = (int) request.value("channel");
        yield (channel, sample, micros) -> channel == lost ? 0 : sample;
      }
      case PHASE_INVERSION -> {
        int inverted = (int) request.value("channel");
        yield (channel, sample, micros) -> channel == inverted ? -sample : sample;
      }
      case HUM -> hum(amplitude(request.value("dbfs")), request.value("hertz"));
      case DROPOUT -> {
        long length = Math.round(request.value("millis") * 1000);
        long every = Math.round(request.value("everyMillis") * 1000);
        yield (channel, sample, micros) -> micros % every < length ? 0 : sample;
      }
      case LOUDNESS_JUMP -> {
        double gain = amplitude(request.value("gainDb"));
        yield (channel, sample, micros) -> Math.clamp(sample * gain, -1, 1);
      }
      default -> null;
    };
  }

  /** The ground tone with two harmonics, 8 and 12 dB below it. */
  private static SampleChange hum(double level, double hertz) {
    return (channel, sample, micros) -> {
      double angle = 2 * Math.PI * hertz * micros / 1e6;
      return sample
          + level
              * (Math.sin(angle)
                  + amplitude(-8) * Math.sin(2 * angle)
                  + amplitude(-12) * Math.sin(3 * angle));
    };
  }

  private static double amplitude(double decibels) {
    return Math.pow(10, decibels / 20);
  }

  /** Plays sound later than it came. */
  final class Delay implements SoundFault {
    private final FaultRequest request;
    private float[][] history = new float[0][];
    private int at;

    Delay(FaultRequest request) {
      this.request = request;
    }

    @Override
    public void apply(EditableSound sound) {
      float[][] samples = sound.samples();
      if (history.length != samples.length) {
        int delay = (int) Math.round(request.value("millis") / 1e3 * sound.sampleRate());
        history = new float[samples.length][Math.max(1, delay)];
        at = 0;
      }
      for (int i = 0; i < sound.sampleCount(); i++) {
        boolean covered = request.covers(sound.micros(i));
        for (int c = 0; c < samples.length; c++) {
          float now = samples[c][i];
          if (covered) {
            samples[c][i] = history[c][at];
          }
          history[c][at] = now;
        }
        at = (at + 1) % history[0].length;
      }
    }
  }
}
