package io.aircheck.detectors.structure;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.detectors.picture.FusedPictureAnalyzer;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Generated pictures at a constant rate, shown to a detector. */
final class PictureSequence {
  /** Luma from picture number and coordinates. */
  @FunctionalInterface
  interface Painter {
    int at(int picture, int x, int y);
  }

  private final int width;
  private final int height;
  private final int picturesPerSecond;
  private final int count;
  private final Painter painter;
  private UnaryOperator<TestFrame> finish = frame -> frame;

  PictureSequence(int width, int height, int picturesPerSecond, int count, Painter painter) {
    this.width = width;
    this.height = height;
    this.picturesPerSecond = picturesPerSecond;
    this.count = count;
    this.painter = painter;
  }

  /** Changes every picture after it is painted. */
  PictureSequence with(UnaryOperator<TestFrame> change) {
    finish = change;
    return this;
  }

  /** All that a detector with default options says, from the first picture to the end. */
  CapturingSink runThrough(DetectorFactory factory) throws IOException {
    return runThrough(factory, -1);
  }

  /** As {@link #runThrough}, carrying on with a restored detector from a picture on. */
  CapturingSink runThrough(DetectorFactory factory, int restoreAt) throws IOException {
    CapturingSink sink = new CapturingSink();
    Detector detector = create(factory, sink);
    FusedPictureAnalyzer analyzer = new FusedPictureAnalyzer();
    TestFrame previous = null;
    for (int picture = 0; picture < count; picture++) {
      if (picture == restoreAt) {
        detector = restored(detector, factory);
      }
      TestFrame frame = paint(picture, previous);
      detector.onFrame(frame, analyzer.analyze(frame), sink);
      previous = frame.after(null);
    }
    detector.finish(ptsMicros(count), sink);
    return sink;
  }

  private Detector create(DetectorFactory factory, CapturingSink sink) {
    Detector detector = factory.create(Options.of(factory.kind(), factory.options(), Map.of()));
    Track video = Track.video("video:0", "rawvideo", width, height, picturesPerSecond);
    detector.configure(
        new MediaInfo(
            "test", "test", OptionalLong.empty(), false, Optional.empty(), List.of(video)),
        0,
        sink);
    return detector;
  }

  private Detector restored(Detector detector, DetectorFactory factory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    detector.snapshot(new DataOutputStream(bytes));
    Detector successor = create(factory, new CapturingSink());
    successor.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return successor;
  }

  private TestFrame paint(int picture, @Nullable TestFrame previous) {
    TestFrame frame = TestFrame.painted(width, height, (x, y) -> painter.at(picture, x, y));
    frame.at(ptsMicros(picture), ptsMicros(picture + 1) - ptsMicros(picture)).after(previous);
    return finish.apply(frame);
  }

  private long ptsMicros(int picture) {
    return picture * 1_000_000L / picturesPerSecond;
  }
}
