package io.aircheck.core.task;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureAnalyzer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All detectors of a task, and the shared analysis of pictures in front of them. */
final class DetectorBank {
  private final List<DetectorSeat> seats;
  private final PictureAnalyzer.Factory analyzerFactory;
  private final Map<String, PictureAnalyzer> analyzers = new HashMap<>();
  private final boolean strict;

  DetectorBank(
      List<ConfiguredDetector> detectors,
      PictureAnalyzer.Factory analyzerFactory,
      ObservationSink out,
      boolean strict) {
    this.seats =
        detectors.stream().map(detector -> new DetectorSeat(detector, out, strict)).toList();
    this.analyzerFactory = analyzerFactory;
    this.strict = strict;
  }

  void configure(MediaInfo info, long ptsMicros) {
    for (DetectorSeat seat : seats) {
      seat.call((detector, out) -> detector.configure(info, ptsMicros, out));
    }
  }

  void frame(FrameView frame) {
    if (strict) {
      try (GuardedFrame guarded = new GuardedFrame(frame)) {
        deliver(guarded);
      }
    } else {
      deliver(frame);
    }
  }

  private void deliver(FrameView frame) {
    PictureAnalyzer analyzer =
        analyzers.computeIfAbsent(frame.trackId(), track -> analyzerFactory.create());
    PictureAnalysis analysis = analyzer.analyze(frame);
    for (int i = 0; i < seats.size(); i++) {
      seats.get(i).call((detector, out) -> detector.onFrame(frame, analysis, out));
    }
  }

  void audio(AudioView audio) {
    if (strict) {
      try (GuardedAudio guarded = new GuardedAudio(audio)) {
        deliver(guarded);
      }
    } else {
      deliver(audio);
    }
  }

  private void deliver(AudioView audio) {
    for (int i = 0; i < seats.size(); i++) {
      seats.get(i).call((detector, out) -> detector.onAudio(audio, out));
    }
  }

  void event(MediaEvent event) {
    for (DetectorSeat seat : seats) {
      seat.call((detector, out) -> detector.onEvent(event, out));
    }
  }

  void finish(long ptsMicros) {
    for (DetectorSeat seat : seats) {
      seat.call((detector, out) -> detector.finish(ptsMicros, out));
    }
  }

  /** Message by kind of each detector that failed. */
  Map<String, String> failures() {
    Map<String, String> failures = new TreeMap<>();
    for (DetectorSeat seat : seats) {
      String failure = seat.failure();
      if (failure != null) {
        failures.put(seat.kind(), failure);
      }
    }
    return failures;
  }

  /** Each detector's state, framed by its length so that one that reads wrongly is noticed. */
  void snapshot(DataOutput state) throws IOException {
    state.writeInt(seats.size());
    for (DetectorSeat seat : seats) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      seat.detector().snapshot(new DataOutputStream(bytes));
      state.writeUTF(seat.kind());
      state.writeUTF(seat.version());
      state.writeInt(bytes.size());
      state.write(bytes.toByteArray());
    }
  }

  /**
   * @throws IOException when the state is of other detectors or other versions of them
   */
  void restore(DataInput state) throws IOException {
    int count = state.readInt();
    if (count != seats.size()) {
      throw new IOException("state of " + count + " detectors, running " + seats.size());
    }
    for (DetectorSeat seat : seats) {
      String name = state.readUTF() + " " + state.readUTF();
      if (!name.equals(seat.kind() + " " + seat.version())) {
        throw new IOException("state of " + name + " for " + seat.kind() + " " + seat.version());
      }
      byte[] bytes = new byte[state.readInt()];
      state.readFully(bytes);
      ByteArrayInputStream input = new ByteArrayInputStream(bytes);
      seat.detector().restore(new DataInputStream(input));
      if (input.available() > 0) {
        throw new IOException(seat.kind() + " left " + input.available() + " bytes of its state");
      }
    }
  }
}
