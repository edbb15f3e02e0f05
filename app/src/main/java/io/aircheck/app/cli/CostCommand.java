package io.aircheck.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.UsageException;
import io.aircheck.app.cost.CostText;
import io.aircheck.app.cost.MeasuredDeployment;
import io.aircheck.app.cost.Measurement;
import io.aircheck.app.cost.MeasurementJson;
import io.aircheck.app.cost.Plan;
import io.aircheck.app.cost.PlanJson;
import io.aircheck.app.cost.PlanRequest;
import io.aircheck.app.cost.PlanText;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
            + " each, on a machine that should do nothing else. With --plan: what a fleet of"
            + " streams would cost.",
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
      names = "--plan",
      paramLabel = "NAME=VALUE,...",
      description =
          "What to plan for: streams, and if other than usual hours a day (24), checkSeconds of a"
              + " check on demand (60), detectors. Without --measure and --measured, from what the"
              + " makers measured.")
  private @Nullable String plan;

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
    Optional<PlanRequest> request = Optional.ofNullable(plan).map(PlanRequest::parse);
    Measurement measurement = measurement(request);
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (request.isPresent()) {
        plan(measurement, prices, request.get(), out);
      } else if (format == LineFormat.JSON) {
        json(MeasurementJson.write(measurement, prices), out);
      } else {
        CostText.write(measurement, prices, out, Terminal.palette());
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    out.flush();
    return measurement.deployments().isEmpty() ? ExitStatus.INPUT : ExitStatus.OK;
  }

  private void plan(Measurement measurement, Prices prices, PlanRequest request, PrintWriter out)
      throws IOException {
    Plan made = Plan.of(measurement, prices, request);
    if (format == LineFormat.JSON) {
      json(PlanJson.write(made, measurement, prices), out);
    } else {
      PlanText.write(made, measurement, prices, out, Terminal.palette());
    }
  }

  private static void json(ObjectNode json, PrintWriter out) throws IOException {
    out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  private Measurement measurement(Optional<PlanRequest> request)
      throws MediaException, InterruptedException {
    Path file = measured;
    String name = input;
    if (file != null && name != null) {
      throw new UsageException("--measure and --measured: give one of them");
    }
    List<String> planned = request.map(PlanRequest::detectors).orElse(List.of());
    if (name != null) {
      return measure(name, planned);
    }
    if (file == null && request.isEmpty()) {
      throw new UsageException("name an input by --measure, or a file by --measured");
    }
    Measurement known = file == null ? MeasurementJson.shipped() : MeasurementJson.read(file);
    requireMeasured(known, planned);
    return known;
  }

  /** What was measured with other detectors tells nothing. */
  private static void requireMeasured(Measurement known, List<String> planned) {
    if (planned.isEmpty()) {
      return;
    }
    Set<String> wanted = new TreeSet<>();
    choose(planned).forEach(choice -> wanted.add(choice.kind()));
    if (!wanted.equals(new TreeSet<>(known.detectors()))) {
      throw new UsageException(
          "%d detectors are planned, and %d others were measured: add --measure INPUT, to measure with those"
              .formatted(wanted.size(), known.detectors().size()));
    }
  }

  private static List<DetectorChoice> choose(List<String> selectors) {
    try {
      return DetectorCatalog.installed().choose(selectors, Map.of());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--plan: " + e.getMessage(), e);
    }
  }

  private Measurement measure(String name, List<String> planned)
      throws MediaException, InterruptedException {
    List<Candidate> candidates = candidates();
    List<DetectorChoice> choices =
        planned.isEmpty() ? detectors.choose(DetectorCatalog.installed()) : choose(planned);
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
