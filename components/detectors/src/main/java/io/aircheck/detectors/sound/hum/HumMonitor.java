package io.aircheck.detectors.sound.hum;

import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.sound.SoundDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hum of 50 and 60 Hz in one track: all channels but the LFE, whose programme lies there. */
final class HumMonitor implements SoundDetector.TrackMonitor {

  /** A mains frequency: its spectrum in each channel, and what is known of it. */
  private record Mains(double hertz, HumLine line, List<LineSpectrum> spectra) {}

  /** Steps of 50 ms from one window to the next. */
  private static final int STEPS_PER_WINDOW = 5;

  private final List<Mains> mains;
  private final List<Integer> listened = new ArrayList<>();
  private final List<LowBand> bands = new ArrayList<>();
  private double[] reduced = new double[0];
  private long halfWindowMicros;
  private int stepsUntilWindow;

  HumMonitor(String track, Options options) {
    mains =
        List.of(
            new Mains(50, new HumLine(track + "/50Hz", 50, options), new ArrayList<>()),
            new Mains(60, new HumLine(track + "/60Hz", 60, options), new ArrayList<>()));
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    listened.clear();
    bands.clear();
    mains.forEach(each -> each.spectra().clear());
    for (int c = 0; c < layout.size(); c++) {
      if (layout.roles().get(c) != ChannelRole.LFE) {
        LowBand band = new LowBand(sampleRate);
        listened.add(c);
        bands.add(band);
        mains.forEach(each -> each.spectra().add(new LineSpectrum(each.hertz(), band.rate())));
        reduced = new double[band.outputsFor(sampleRate)];
        halfWindowMicros =
            Math.round(LineSpectrum.STEPS * LineSpectrum.STEP_SAMPLES * 5e5 / band.rate());
      }
    }
    mains.forEach(each -> each.line().start());
    stepsUntilWindow = LineSpectrum.STEPS;
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    boolean step = false;
    for (int i = 0; i < bands.size(); i++) {
      int count = bands.get(i).reduce(block.channel(listened.get(i)), block.sampleCount(), reduced);
      for (Mains each : mains) {
        LineSpectrum spectrum = each.spectra().get(i);
        for (int k = 0; k < count; k++) {
          step |= spectrum.add(reduced[k]);
        }
      }
    }
    if (step && --stepsUntilWindow == 0) {
      stepsUntilWindow = STEPS_PER_WINDOW;
      for (Mains each : mains) {
        each.line()
            .window(block.endMicros() - halfWindowMicros, LineReading.of(each.spectra()), out);
      }
    }
  }

  @Override
  public void end(ObservationSink out) {
    mains.forEach(each -> each.line().end(out));
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    for (LowBand band : bands) {
      band.snapshot(state);
    }
    for (Mains each : mains) {
      each.line().snapshot(state);
      for (LineSpectrum spectrum : each.spectra()) {
        spectrum.snapshot(state);
      }
    }
    state.writeInt(stepsUntilWindow);
  }

  @Override
  public void restore(DataInput state) throws IOException {
    for (LowBand band : bands) {
      band.restore(state);
    }
    for (Mains each : mains) {
      each.line().restore(state);
      for (LineSpectrum spectrum : each.spectra()) {
        spectrum.restore(state);
      }
    }
    stepsUntilWindow = state.readInt();
  }
}
