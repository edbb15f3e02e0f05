package io.aircheck.benchmarks;

import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.DetectorFactory;
import io.aircheck.core.detect.OptionSpec;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.core.task.TaskSpec;
import io.aircheck.detectors.structure.DamageInputs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what {@code video.block_corruption} judges pictures by, for the trainer of its model: a
 * line per picture with its time in seconds and the inputs, named in the first line.
 *
 * <p>{@code BlockInputs FOLDER FILE...} writes {@code FOLDER/FILE.csv} for each; files that are
 * there already are kept.
 */
public final class BlockInputs {
  private BlockInputs() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      Path to = folder.resolve(Path.of(arguments[i]).getFileName() + ".csv");
      if (!Files.exists(to)) {
        Path part = folder.resolve(to.getFileName() + ".part");
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(part))) {
          lines.println("seconds," + String.join(",", DamageInputs.names()));
          write(arguments[i], lines);
          Files.move(part, to);
        } catch (MediaException e) {
          System.err.println(arguments[i] + ": " + e.getMessage());
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static void write(String file, PrintWriter lines) throws MediaException {
    ObservationSink nowhere = observation -> {};
    List<ConfiguredDetector> writer = List.of(new WriterFactory(lines).configured());
    try (StreamTask task =
        new StreamTask(
            TaskSpec.finite(SourceRequest.of(file), writer),
            StreamTask.Surroundings.installed(),
            nowhere,
            TaskProbe.NONE)) {
      task.run();
    }
  }

  /** Sees the pictures of a stream as any detector does, and finds nothing. */
  private static final class Writer implements Detector {
    private final PrintWriter lines;
    private DamageInputs inputs = new DamageInputs(0, 0);
    private String track = "";

    Writer(PrintWriter lines) {
      this.lines = lines;
    }

    @Override
    public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
      info.first(TrackType.VIDEO)
          .ifPresent(
              video -> {
                track = video.id();
                inputs = new DamageInputs(video.width(), video.height());
              });
    }

    @Override
    public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
      if (frame.trackId().equals(track) && inputs.fits(frame)) {
        lines.printf(Locale.ROOT, "%.4f", frame.ptsMicros() / 1e6);
        for (double input : inputs.read(frame)) {
          lines.printf(Locale.ROOT, ",%.5g", input);
        }
        lines.println();
      }
    }

    @Override
    public void finish(long ptsMicros, ObservationSink out) {}

    @Override
    public void snapshot(DataOutput state) {}

    @Override
    public void restore(DataInput state) {}
  }

  private record WriterFactory(PrintWriter lines) implements DetectorFactory {
    ConfiguredDetector configured() {
      return new ConfiguredDetector(this, Options.of(kind(), options(), Map.of()));
    }

    @Override
    public String kind() {
      return "video.block_inputs";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String summary() {
      return "Writes the inputs of the model.";
    }

    @Override
    public List<OptionSpec> options() {
      return List.of();
    }

    @Override
    public Detector create(Options options) {
      return new Writer(lines);
    }
  }
}
