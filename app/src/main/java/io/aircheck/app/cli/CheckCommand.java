package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.check.Illustrator;
import io.aircheck.app.check.InputAnalyzer;
import io.aircheck.app.check.InputWatcher;
import io.aircheck.app.check.LimitedSources;
import io.aircheck.app.check.MetricsFile;
import io.aircheck.app.report.InputReport;
import io.aircheck.app.report.Palette;
import io.aircheck.app.report.ReportFormat;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SafeUri;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: analyses finite input and reports what is wrong with it. */
@Command(
    name = "check",
    description = "Analyses files and other finite input as fast as it can and reports defects.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  no finding at or above --fail-on",
      "  1  findings at or above --fail-on",
      "  2  wrong usage or configuration, or a file that cannot be written",
      "  3  an input or the reference cannot be opened or decoded; wins over 1"
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "INPUT",
      description =
          "Files, folders or addresses, or names of streams in --config; - for standard input. All"
              + " are checked, also after a bad one. Without any: all streams in --config.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: text.")
  private ReportFormat format = ReportFormat.TEXT;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the report goes; default: standard output.")
  private @Nullable Path output;

  @Option(
      names = "--fail-on",
      description =
          "Exit with 1 from this severity on: ${COMPLETION-CANDIDATES}; default: error, because"
              + " warnings are what viewers may not notice, or what is not certain.")
  private @Nullable FailOn failOn;

  @Option(
      names = "--reference",
      paramLabel = "OTHER",
      description =
          "A second point of the same programme to compare with; wins over that of the stream in"
              + " --config.")
  private @Nullable String reference;

  @Option(
      names = "--renditions",
      split = ",",
      paramLabel = "ID",
      description = "Renditions of a ladder to check; all if not given.")
  private List<String> renditions = new ArrayList<>();

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Writes every value of every metric there, as JSON lines.")
  private @Nullable Path metrics;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Stops each input after this time; live input has no other end.")
  private @Nullable Double durationSeconds;

  @Mixin private DetectorOptions detectors = new DetectorOptions();

  @Spec private CommandSpec spec;

  private @Nullable UsageException metricsFailure;

  @Override
  public Integer call() throws IOException {
    DetectorCatalog catalog = DetectorCatalog.installed();
    List<DetectorChoice> choices = detectors.choose(catalog);
    FailOn limit = failOn != null ? failOn : detectors.config().failOn().orElse(FailOn.ERROR);
    InputAnalyzer analyzer =
        InputAnalyzer.here(catalog, InProcessDeployment.installedFolds(), sources(), choices);
    List<NamedInput> names = expandedInputs();
    if (output != null) {
      new OutputFile("the report", output).check();
    }
    List<InputReport> reports = analyze(analyzer, names);
    write(reports, limit);
    if (metricsFailure != null) {
      throw metricsFailure;
    }
    if (reports.stream().anyMatch(report -> !report.complete())) {
      return ExitStatus.INPUT;
    }
    return reports.stream().anyMatch(report -> limit.concerns(report.findings()))
        ? ExitStatus.FINDINGS
        : ExitStatus.OK;
  }

  private List<NamedInput> expandedInputs() {
    return NamedInput.of(inputs, reference, detectors.config().streams()).stream()
        .flatMap(input -> input.expanded().stream())
        .toList();
  }

  private MediaSources sources() {
    Double seconds = durationSeconds;
    if (seconds == null) {
      return MediaSources.installed();
    }
    if (!(seconds > 0)) {
      throw new UsageException("--duration is " + seconds + ", must be above 0");
    }
    return new LimitedSources(
        MediaSources.installed(), Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private List<InputReport> analyze(InputAnalyzer analyzer, List<NamedInput> names) {
    Path file = metrics;
    if (file == null) {
      return analyze(analyzer, names, null);
    }
    OutputFile metricsOutput = new OutputFile("metrics", file);
    metricsOutput.check();
    List<InputReport> reports = new ArrayList<>();
    try (MetricsFile metricsFile = new MetricsFile(file)) {
      reports.addAll(analyze(analyzer, names, metricsFile));
    } catch (IOException e) {
      // The report is worth having all the same.
      metricsFailure = metricsOutput.failed(e);
    }
    return reports;
  }

  private List<InputReport> analyze(
      InputAnalyzer analyzer, List<NamedInput> names, @Nullable MetricsFile metricsFile) {
    List<InputReport> reports = new ArrayList<>();
    Progress progress = new Progress(err(), names.size(), "inputs");
    for (NamedInput input : names) {
      String name = input.input();
      List<InputWatcher> watchers = new ArrayList<>();
      watchers.add(new ProgressWatcher(progress, SafeUri.redact(name)));
      if (metricsFile != null) {
        watchers.add(metricsFile.watcher(names.size() == 1 ? "" : SafeUri.redact(name)));
      }
      Illustrator illustrator = new Illustrator();
      if (format == ReportFormat.HTML) {
        watchers.add(illustrator);
      }
      if (AircheckCommand.isVerbose(spec)) {
        watchers.add(new StackTraces(err()));
      }
      InputAnalyzer.Job job =
          new InputAnalyzer.Job(
              detectors.request(name), input.reference().map(detectors::request), renditions);
      InputReport report =
          analyzer.analyze(job, InputWatcher.all(watchers), illustrator::illustrations);
      progress.clear();
      tellFailures(report);
      reports.add(report);
    }
    return reports;
  }

  /** What went wrong, for those who do not see the report. */
  private void tellFailures(InputReport report) {
    if (format == ReportFormat.TEXT && output == null && Terminal.isOutput()) {
      return;
    }
    report.error().ifPresent(error -> err().println("aircheck: " + error));
    report
        .analysis()
        .detectorFailures()
        .forEach(
            (kind, failure) ->
                err().println("aircheck: " + kind + " failed and was left out: " + failure));
    err().flush();
  }

  private void write(List<InputReport> reports, FailOn limit) throws IOException {
    Path file = output;
    if (file == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(rendered(reports, limit, Terminal.palette()));
      out.flush();
      return;
    }
    String report = rendered(reports, limit, Palette.PLAIN);
    try {
      Files.writeString(file, report);
    } catch (IOException e) {
      throw new OutputFile("the report", file).failed(e);
    }
  }

  private String rendered(List<InputReport> reports, FailOn limit, Palette palette)
      throws IOException {
    return format.render(reports, palette, finding -> limit.concerns(List.of(finding)));
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private record StackTraces(PrintWriter err) implements InputWatcher {
    @Override
    public void failed(TaskId task, Throwable failure) {
      failure.printStackTrace(err);
    }
  }
}
