package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.report.PlayerState;

/** A player goes from one playback to another. */
record Transition(Playback before, Playback now) {

  /** Counts seeks and changes of the bitrate, once the content was shown. */
  void count(Progress progress, Tally tally) {
    if (!progress.shown()) {
      return;
    }
    if (now.state() == PlayerState.SEEKING && before.state() != PlayerState.SEEKING) {
      tally.add(Measure.SEEKS, 1);
    }
    if (before.bitrateKbps() > 0 && now.bitrateKbps() != before.bitrateKbps()) {
      boolean up = now.bitrateKbps() > before.bitrateKbps();
      tally.add(up ? Measure.SWITCHES_UP : Measure.SWITCHES_DOWN, 1);
    }
  }
}
