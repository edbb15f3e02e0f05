package io.aircheck.detectors.picture;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Shows a detector generated pictures at 25 per second. */
public final class PictureRun {
  public static final long FRAME_MICROS = 40_000;
  private static final MediaInfo INFO =
      new MediaInfo(
          "test",
          "test",
          OptionalLong.empty(),
          false,
          Optional.empty(),
          List.of(Track.video("video:0", "h264", 192, 108, 25)));

  private final DetectorFactory factory;
  private final Map<String, Double> options;
  private final FusedPictureAnalyzer analyzer = new FusedPictureAnalyzer();
  private final CapturingSink sink = new CapturingSink();
  private Detector detector;
  private @Nullable TestFrame previous;
  private int shown;

  public PictureRun(DetectorFactory factory) {
    this(factory, Map.of());
  }

  public PictureRun(DetectorFactory factory, Map<String, Double> options) {
    this.factory = factory;
    this.options = options;
    this.detector = fresh();
  }

  /** Shows a number of pictures; the generator is given the number of each from the start on. */
  public PictureRun show(int count, IntFunction<TestFrame> pictures) {
    for (int i = 0; i < count; i++, shown++) {
      TestFrame frame =
          pictures.apply(shown).at(shown * FRAME_MICROS, FRAME_MICROS).after(previous);
      detector.onFrame(frame, analyzer.analyze(frame), sink);
      previous = frame;
    }
    return this;
  }

  /** Goes on with a new detector that took over the state of the old one. */
  public PictureRun handOver() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      detector.snapshot(new DataOutputStream(bytes));
      detector = fresh();
      DataInputStream state = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      detector.restore(state);
      if (state.available() > 0) {
        throw new IOException("state not read to its end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The detector under test. */
  public Detector detector() {
    return detector;
  }

  /** What it has said so far. */
  public CapturingSink sink() {
    return sink;
  }

  /** Ends the input. */
  public CapturingSink finish() {
    detector.finish(shown * FRAME_MICROS, sink);
    return sink;
  }

  private Detector fresh() {
    Detector created = factory.create(Options.of(factory.kind(), factory.options(), options));
    created.configure(INFO, 0, sink);
    return created;
  }
}
