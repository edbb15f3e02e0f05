package io.aircheck.app.cli;

import io.aircheck.app.check.InputAnalyzer;
import io.aircheck.app.check.InputWatcher;
import io.aircheck.app.report.InputReport;
import io.aircheck.app.report.JsonReport;
import io.aircheck.app.report.Palette;
import io.aircheck.app.report.ReportFormat;
import io.aircheck.app.report.TextReport;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    description = "Analyses files and other finite input as fast as it can and reports defects.")
final class CheckCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "INPUT", description = "Files or addresses.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: text.")
  private ReportFormat format = ReportFormat.TEXT;

  @Option(names = "--output", paramLabel = "FILE", description = "Where the report goes.")
  private @Nullable Path output;

  @Option(
      names = "--fail-on",
      description =
          "Exit with 1 from this severity on: ${COMPLETION-CANDIDATES}; default: error, because"
              + " warnings are what viewers may notice, or what is not certain.")
  private FailOn failOn = FailOn.ERROR;

  @Option(
      names = "--reference",
      paramLabel = "INPUT",
      description = "A second point of the same programme to compare with.")
  private @Nullable String reference;

  @Option(
      names = "--renditions",
      split = ",",
      paramLabel = "ID",
      description = "Renditions of a ladder to check; all if not given.")
  private List<String> renditions = new ArrayList<>();

  @Mixin private DetectorOptions detectors = new DetectorOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    DetectorCatalog catalog = DetectorCatalog.installed();
    InputAnalyzer analyzer =
        new InputAnalyzer(
            catalog,
            InProcessDeployment.installedFolds(),
            MediaSources.installed(),
            detectors.choose(catalog));
    List<InputReport> reports = new ArrayList<>();
    PrintWriter err = spec.commandLine().getErr();
    for (String input : inputs) {
      InputAnalyzer.Job job =
          new InputAnalyzer.Job(
              SourceRequest.of(input),
              Optional.ofNullable(reference).map(SourceRequest::of),
              renditions);
      InputReport report = analyzer.analyze(job, InputWatcher.NONE);
      report.error().ifPresent(error -> err.println("aircheck: " + error));
      reports.add(report);
    }
    err.flush();
    write(reports);
    if (reports.stream().anyMatch(report -> !report.opened())) {
      return ExitStatus.INPUT;
    }
    return reports.stream().anyMatch(report -> failOn.concerns(report.findings()))
        ? ExitStatus.FINDINGS
        : ExitStatus.OK;
  }

  private void write(List<InputReport> reports) throws IOException {
    Path file = output;
    if (file != null) {
      try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        write(reports, new PrintWriter(writer), Palette.PLAIN);
      }
    } else {
      write(reports, spec.commandLine().getOut(), Terminal.palette());
    }
  }

  private void write(List<InputReport> reports, PrintWriter out, Palette palette)
      throws IOException {
    switch (format) {
      case JSON -> JsonReport.write(reports, out);
      default -> new TextReport(palette).write(reports, out);
    }
    out.flush();
  }
}
