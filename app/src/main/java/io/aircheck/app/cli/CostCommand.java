package io.aircheck.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.UsageException;
import io.aircheck.app.cost.CostText;
import io.aircheck.app.cost.MeasuredDeployment;
import io.aircheck.app.cost.Measurement;
import io.aircheck.app.cost.MeasurementJson;
import io.aircheck.app.cost.Prices;
import io.aircheck.app.cost.measure.Candidate;
import io.aircheck.app.cost.measure.Candidates;
import io.aircheck.app.cost.measure.Metering;
import io.aircheck.app.cost.measure.Work;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.detect.Suggestion;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SafeUri;
import io.aircheck.core.media.SourceRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cost}: what deployments use for the same media, and what that costs. */
@Command(
    name = "cost",
    description =
        "Runs the same input through the deployments there are, one after the other, meters what"
            + " each uses, and makes the bill of a stream for an hour. Takes about a minute for"
            + " each, on a machine that should do nothing else.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  measured; what could not be measured is told",
      "  2  wrong usage or prices, or an input that is too short",
      "  3  an input that cannot be opened or decoded, or nothing could be measured"
    })
final class CostCommand implements Callable<Integer> {
  @Option(names = "--measure", paramLabel = "INPUT", description = "What to watch for it.")
  private @Nullable String input;

  @Option(
      names = "--measured",
      paramLabel = "FILE",
      description = "What was measured before (--format json), instead of measuring.")
  private @Nullable Path measured;

  @Option(
      names = "--deployments",
      split = ",",
      paramLabel = "NAME",
      description = "Which to measure; all if not given.")
  private List<String> deployments = new ArrayList<>();

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Prices and quotas; default: those shipped.")
  private @Nullable Path priceFile;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Seconds of stream that are not metered; default: 15.")
  private double warmUpSeconds = Metering.Timing.USUAL.warmUpSeconds();

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Seconds of stream that are metered after that; default: 20.")
  private double meteredSeconds = Metering.Timing.USUAL.meteredSeconds();

  @Option(
      names = "--renditions",
      split = ",",
      paramLabel = "ID",
      description = "Renditions of a ladder to watch; all if not given.")
  private List<String> renditions = new ArrayList<>();

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: text.")
  private LineFormat format = LineFormat.TEXT;

  @Mixin private DetectorOptions detectors = new DetectorOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, MediaException, InterruptedException {
    Path file = priceFile;
    Prices prices = file == null ? Prices.shipped() : Prices.read(file);
    Measurement measurement = measurement();
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (format == LineFormat.JSON) {
        out.println(
            new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(MeasurementJson.write(measurement, prices)));
      } else {
        CostText.write(measurement, prices, out, Terminal.palette());
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    out.flush();
    return measurement.deployments().isEmpty() ? ExitStatus.INPUT : ExitStatus.OK;
  }

  private Measurement measurement() throws MediaException, InterruptedException {
    Path file = measured;
    String name = input;
    if ((file == null) == (name == null)) {
      throw new UsageException("name an input by --measure, or a file by --measured");
    }
    return file != null ? MeasurementJson.read(file) : measure(String.valueOf(name));
  }

  private Measurement measure(String name) throws MediaException, InterruptedException {
    List<Candidate> candidates = candidates();
    List<DetectorChoice> choices = detectors.choose(DetectorCatalog.installed());
    SourceRequest source = detectors.request(name);
    Metering.Timing timing = timing(source);
    Progress progress = new Progress(spec.commandLine().getErr(), candidates.size(), "deployments");
    Metering metering = new Metering(timing, progress::say);
    Work work = new Work(source, renditions, choices);
    List<MeasuredDeployment> results = new ArrayList<>();
    List<Measurement.Failure> failures = new ArrayList<>();
    for (Candidate candidate : candidates) {
      try {
        results.add(metering.measure(candidate, work));
      } catch (IOException e) {
        failures.add(new Measurement.Failure(candidate.id(), String.valueOf(e.getMessage())));
      }
      progress.clear();
    }
    return new Measurement(
        SafeUri.redact(name),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "%s %s, %d processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()),
        choices.stream().map(DetectorChoice::kind).toList(),
        timing.warmUpSeconds(),
        results,
        failures);
  }

  private List<Candidate> candidates() {
    List<Candidate> all = Candidates.all();
    List<String> known = all.stream().map(Candidate::id).toList();
    for (String wanted : deployments) {
      if (!known.contains(wanted)) {
        throw new UsageException(
            "unknown deployment "
                + wanted
                + Suggestion.among(known, wanted)
                + "; there are "
                + String.join(", ", known));
      }
    }
    return all.stream()
        .filter(one -> deployments.isEmpty() || deployments.contains(one.id()))
        .toList();
  }

  /** As long as asked for, or as the input lasts. */
  private Metering.Timing timing(SourceRequest source) throws MediaException {
    if (!(warmUpSeconds >= 0)) {
      throw new UsageException("--warm-up is " + warmUpSeconds + ", must be 0 or more");
    }
    if (!(meteredSeconds >= Metering.Timing.SHORTEST_METERED_SECONDS)) {
      throw new UsageException(
          "--duration is %s, must be %s or more"
              .formatted(meteredSeconds, Metering.Timing.SHORTEST_METERED_SECONDS));
    }
    Metering.Timing wanted = new Metering.Timing(warmUpSeconds, meteredSeconds);
    MediaInfo info;
    try (MediaSource opened = MediaSources.installed().open(source)) {
      info = opened.info();
    }
    if (info.live() || info.durationMicros().isEmpty()) {
      return wanted;
    }
    try {
      return wanted.within(info.durationMicros().getAsLong() / 1e6);
    } catch (IllegalArgumentException e) {
      throw new UsageException(info.uri() + " " + e.getMessage(), e);
    }
  }
}
