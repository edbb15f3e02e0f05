package io.aircheck.core.task;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.ExcusingDetector;
import io.aircheck.core.media.AudioView;
import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.picture.PictureAnalyzer;
import io.aircheck.core.sound.SoundAnalyzer;
import io.aircheck.core.sound.SoundBlock;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All detectors of a task, and the shared analysis of pictures and sound in front of them. */
final class DetectorBank {
  private final List<DetectorSeat> seats;
  private final ExpectedFindings expected;
  private final PictureAnalyzer.Factory analyzerFactory;
  private final SoundAnalyzer.Factory soundAnalyzerFactory;
  private final Map<String, PictureAnalyzer> analyzers = new HashMap<>();
  private final Map<String, SoundAnalyzer> soundAnalyzers = new TreeMap<>();
  private final boolean strict;
  private final List<ConfiguredDetector> detectors;
  private @Nullable MediaInfo info;

  /** At work while only key pictures are decoded. */
  private @Nullable Scouts scouts;

  DetectorBank(
      List<ConfiguredDetector> detectors,
      PictureAnalyzer.Factory analyzerFactory,
      SoundAnalyzer.Factory soundAnalyzerFactory,
      ObservationSink out,
      boolean strict) {
    this.detectors = detectors;
    this.expected = new ExpectedFindings(out);
    this.seats =
        detectors.stream()
            .map(
                detector ->
                    new DetectorSeat(
                        detector, detector.silent() ? ObservationSink.NONE : expected, strict))
            .toList();
    for (DetectorSeat seat : seats) {
      if (seat.detector() instanceof ExcusingDetector excusing) {
        expected.ask(excusing);
      }
    }
    this.analyzerFactory = analyzerFactory;
    this.soundAnalyzerFactory = soundAnalyzerFactory;
    this.strict = strict;
  }

  void configure(MediaInfo now, long ptsMicros) {
    info = now;
    for (DetectorSeat seat : seats) {
      seat.call((detector, out) -> detector.configure(now, ptsMicros, out));
    }
    if (scouts != null) {
      scouts.configure(now, ptsMicros);
    }
  }

  /**
   * More or less is decoded from now on: detectors that look at pictures are left out meanwhile,
   * and told that what comes next does not continue what they know.
   */
  void decoding(Decoding now, long ptsMicros) {
    scouts = null;
    if (now == Decoding.KEY_PICTURES) {
      scouts = new Scouts(detectors, expected, strict);
      if (info != null) {
        scouts.configure(info, ptsMicros);
      }
    }
    MediaEvent cut =
        new MediaEvent.Discontinuity(
            null, ptsMicros, 0, MediaEvent.Discontinuity.Cause.NOT_DECODED);
    for (DetectorSeat seat : seats) {
      if (!seat.worksWithKeyPictures()) {
        seat.call((detector, out) -> detector.onEvent(cut, out));
      }
    }
  }

  /**
   * Shows a picture to the detectors; of those that were left out, only while all is decoded.
   *
   * @param pictures how many pictures it stands for to detectors that may miss some; 0: they miss
   *     it
   * @param after then told what the detectors were told of it; borrowed like the picture
   */
  void frame(FrameView frame, int pictures, Consumer<PictureAnalysis> after) {
    guard(
        frame,
        each -> {
          PictureAnalysis analysis = analysis(each);
          deliver(each, analysis, pictures, seat -> scouts == null || seat.worksWithKeyPictures());
          if (scouts != null && pictures > 0) {
            scouts.frame(standing(each, pictures), analysis);
          }
          after.accept(analysis);
        });
    expected.passed(frame.ptsMicros());
  }

  /**
   * Shows a picture of a time that is over to the detectors that were left out then.
   *
   * @param pictures see {@link #frame}
   */
  void late(FrameView frame, int pictures) {
    if (scouts == null) {
      guard(
          frame,
          each -> deliver(each, analysis(each), pictures, seat -> !seat.worksWithKeyPictures()));
    }
  }

  private void guard(FrameView frame, Consumer<FrameView> call) {
    if (strict) {
      try (GuardedFrame guarded = new GuardedFrame(frame)) {
        call.accept(guarded);
      }
    } else {
      call.accept(frame);
    }
  }

  private PictureAnalysis analysis(FrameView frame) {
    return analyzers
        .computeIfAbsent(frame.trackId(), track -> analyzerFactory.create())
        .analyze(frame);
  }

  private static FrameView standing(FrameView frame, int pictures) {
    return pictures > 1 ? new StandingFrame(frame, pictures) : frame;
  }

  private void deliver(
      FrameView frame, PictureAnalysis analysis, int pictures, Predicate<DetectorSeat> chosen) {
    FrameView standing = standing(frame, pictures);
    for (int i = 0; i < seats.size(); i++) {
      if (!chosen.test(seats.get(i))) {
        continue;
      }
      if (!seats.get(i).mayMissPictures()) {
        seats.get(i).call((detector, out) -> detector.onFrame(frame, analysis, out));
      } else if (pictures > 0) {
        seats.get(i).call((detector, out) -> detector.onFrame(standing, analysis, out));
      }
    }
  }

  /**
   * Lets the detectors hear a run of sound.
   *
   * @param after then told of each block of it; borrowed
   */
  void audio(AudioView audio, Consumer<SoundBlock> after) {
    if (strict) {
      try (GuardedAudio guarded = new GuardedAudio(audio)) {
        deliver(guarded, after);
      }
    } else {
      deliver(audio, after);
    }
    expected.passed(audio.ptsMicros());
  }

  private void deliver(AudioView audio, Consumer<SoundBlock> after) {
    for (int i = 0; i < seats.size(); i++) {
      seats.get(i).call((detector, out) -> detector.onAudio(audio, out));
    }
    soundAnalyzers
        .computeIfAbsent(audio.trackId(), track -> soundAnalyzerFactory.create())
        .analyze(audio, block -> deliver(block, after));
  }

  private void deliver(SoundBlock block, Consumer<SoundBlock> after) {
    for (int i = 0; i < seats.size(); i++) {
      seats.get(i).call((detector, out) -> detector.onSound(block, out));
    }
    after.accept(block);
  }

  void event(MediaEvent event) {
    for (DetectorSeat seat : seats) {
      seat.call((detector, out) -> detector.onEvent(event, out));
    }
    if (scouts != null) {
      scouts.event(event);
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

  /** Each part's state, framed by its length so that one that reads wrongly is noticed. */
  void snapshot(StateBytes state) throws IOException {
    state.writeInt(seats.size());
    for (DetectorSeat seat : seats) {
      state.writeUTF(seat.kind());
      state.writeUTF(seat.version());
      state.writeFramed(seat.detector()::snapshot);
    }
    state.writeInt(soundAnalyzers.size());
    for (Map.Entry<String, SoundAnalyzer> analyzer : soundAnalyzers.entrySet()) {
      state.writeUTF(analyzer.getKey());
      state.writeFramed(analyzer.getValue()::snapshot);
    }
    state.writeFramed(expected::snapshot);
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
      readFramed(state, seat.kind(), seat.detector()::restore);
    }
    for (int tracks = state.readInt(); tracks > 0; tracks--) {
      String track = state.readUTF();
      SoundAnalyzer analyzer = soundAnalyzerFactory.create();
      readFramed(state, "sound analysis of " + track, analyzer::restore);
      soundAnalyzers.put(track, analyzer);
    }
    readFramed(state, "expected findings", expected::restore);
  }

  private interface Reader {
    void read(DataInput state) throws IOException;
  }

  private static void readFramed(DataInput state, String name, Reader part) throws IOException {
    byte[] bytes = new byte[state.readInt()];
    state.readFully(bytes);
    ByteArrayInputStream input = new ByteArrayInputStream(bytes);
    part.read(new DataInputStream(input));
    if (input.available() > 0) {
      throw new IOException(name + " left " + input.available() + " bytes of its state");
    }
  }
}
