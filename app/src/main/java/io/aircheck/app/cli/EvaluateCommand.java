package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.evaluate.ClipRunner;
import io.aircheck.app.evaluate.Evaluation;
import io.aircheck.app.evaluate.EvaluationJson;
import io.aircheck.app.evaluate.EvaluationText;
import io.aircheck.app.evaluate.LabelMap;
import io.aircheck.app.evaluate.LabelledClip;
import io.aircheck.app.evaluate.Scorer;
import io.aircheck.app.report.InputReport;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.observe.Severity;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how well the detectors do on labelled media. */
@Command(
    name = "evaluate",
    description =
        "Runs the detectors over labelled media; prints precision, recall and F1 per kind.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all clips were analysed, whatever the scores",
      "  2  wrong usage, or labels that cannot be read",
      "  3  a clip cannot be analysed, or not to its end"
    })
final class EvaluateCommand implements Callable<Integer> {
  /**
   * Labels of live clips count from the start of the schedule, findings from the first picture, and
   * a client starts up to three target durations (of 2 s) away from it (RFC 8216, 6.3.3).
   */
  private static final double LIVE_TOLERANCE_SECONDS = 6 + Scorer.TOLERANCE_SECONDS;

  @Parameters(paramLabel = "LABELS", description = "Labels, beside the clips.")
  private @Nullable Path labels;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: text.")
  private LineFormat format = LineFormat.TEXT;

  @Option(names = "--jobs", paramLabel = "N", description = "Clips at the same time; default: 1.")
  private int jobs = 1;

  @Option(names = "--only", paramLabel = "REGEX", description = "Clips whose name it is found in.")
  private Pattern only = Pattern.compile("");

  @Option(
      names = "--masters",
      paramLabel = "FOLDER",
      description = "The clean programmes, as references for clips that need one.")
  private @Nullable Path masters;

  @Option(
      names = "--min-severity",
      description =
          "Findings below it do not count, neither as found nor as false alarm;"
              + " ${COMPLETION-CANDIDATES}; default: warning.")
  private Severity smallest = Severity.WARNING;

  @Mixin private DetectorOptions detectors = new DetectorOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = Objects.requireNonNull(labels).toAbsolutePath();
    List<LabelledClip> clips = read(file);
    if (jobs < 1) {
      throw new UsageException("--jobs is " + jobs + ", must be at least 1");
    }
    DetectorCatalog catalog = DetectorCatalog.installed();
    List<ObservationFold<?>> folds = InProcessDeployment.installedFolds();
    List<DetectorChoice> choices = detectors.choose(catalog);
    ClipRunner runner =
        new ClipRunner(
            catalog,
            folds,
            MediaSources.installed(),
            choices,
            Objects.requireNonNull(file.getParent()),
            masters);
    Evaluation evaluation = new Evaluation();
    Scorer scorer = new Scorer(LabelMap.shipped(), smallest);
    Set<String> kinds = kinds(catalog.configure(choices), folds);
    for (Map.Entry<LabelledClip, InputReport> entry : run(clips, runner).entrySet()) {
      LabelledClip clip = entry.getKey();
      InputReport report = entry.getValue();
      report
          .error()
          .ifPresent(
              error -> evaluation.failures().add(new Evaluation.Failure(clip.file(), error)));
      scorer.score(
          clip,
          report.findings(),
          kinds,
          runner.isLive(clip) ? LIVE_TOLERANCE_SECONDS : Scorer.TOLERANCE_SECONDS,
          evaluation);
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> EvaluationText.write(evaluation, out, Terminal.palette());
      case JSON -> EvaluationJson.write(evaluation, out);
    }
    out.flush();
    return evaluation.failures().isEmpty() ? ExitStatus.OK : ExitStatus.INPUT;
  }

  private List<LabelledClip> read(Path file) {
    try {
      List<LabelledClip> clips =
          LabelledClip.read(file).stream()
              .filter(clip -> only.matcher(clip.file()).find())
              .toList();
      if (clips.isEmpty()) {
        throw new UsageException("no clip of " + file + " matches --only " + only);
      }
      return clips;
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new UsageException(file + ": cannot read labels; check the path", e);
    } catch (IOException e) {
      throw new UsageException(file + ": cannot read labels: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Every kind that can come out: of the detectors, and of the folds over them. */
  private static Set<String> kinds(
      List<ConfiguredDetector> detectors, List<ObservationFold<?>> folds) {
    Set<String> kinds = new TreeSet<>();
    for (ConfiguredDetector detector : detectors) {
      kinds.add(detector.factory().kind());
      kinds.addAll(detector.factory().kinds());
    }
    for (ObservationFold<?> fold : folds) {
      kinds.addAll(fold.kinds());
    }
    return kinds;
  }

  /** Results in the order of the labels, whatever clip was done first. */
  private Map<LabelledClip, InputReport> run(List<LabelledClip> clips, ClipRunner runner)
      throws IOException, InterruptedException {
    Map<LabelledClip, InputReport> reports = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Future<InputReport>> running = new ArrayList<>();
      for (LabelledClip clip : clips) {
        running.add(threads.submit(() -> runner.run(clip)));
      }
      Progress progress = new Progress(spec.commandLine().getErr(), clips.size(), "clips");
      for (int i = 0; i < clips.size(); i++) {
        reports.put(clips.get(i), running.get(i).get());
        progress.done(clips.get(i).file());
      }
      progress.clear();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
    return reports;
  }
}
