package io.aircheck.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.UsageException;
import io.aircheck.app.viewers.Collector;
import io.aircheck.app.viewers.Pace;
import io.aircheck.app.viewers.ReportSender;
import io.aircheck.app.viewers.Sent;
import io.aircheck.app.viewers.TruthJson;
import io.aircheck.app.viewers.TruthText;
import io.aircheck.app.viewers.ViewersRun;
import io.aircheck.app.viewers.ViewersTruth;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code viewers}: an audience with known truth that reports to a service. */
@Command(
    name = "viewers",
    description =
        "Simulates viewers, whose players report to a service what they live through, and prints at"
            + " the end what was true: for load, for tests, and to see what the service makes of a"
            + " fault. The same seed gives the same audience.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  the audience has left, or was stopped by Ctrl-C or SIGTERM",
      "  2  wrong usage, or a file that cannot be written",
      "  3  there is no service, or it took no report"
    })
final class ViewersCommand implements Callable<Integer> {
  private static final int MOST_CONNECTIONS = 10_000;
  private static final long STOP_SECONDS = 10;

  @Option(
      names = "--to",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Service, or the place of it that takes reports; default: ${DEFAULT-VALUE}.")
  private String to = "";

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Seconds of the audience that pass in one here; default: 1. Sums stay right, windows of"
              + " time do not.")
  private Double speed = 1.0;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "16",
      description = "Connections at the same time; default: 16.")
  private int connections = 1;

  @Option(names = "--truth", paramLabel = "FILE", description = "Writes the truth there, as JSON.")
  private @Nullable Path truthFile;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: text.")
  private LineFormat format = LineFormat.TEXT;

  @Mixin private AudienceOptions options = new AudienceOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (!(speed > 0 && speed <= 1000)) {
      throw new UsageException("--speed is " + speed + ", must be above 0 and up to 1000");
    }
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new UsageException(
          "--connections is " + connections + ", must be from 1 to " + MOST_CONNECTIONS);
    }
    Path file = truthFile;
    OutputFile output = file == null ? null : new OutputFile("the truth", file);
    if (output != null) {
      output.check();
    }
    Audience audience = options.audience();
    Troubles troubles = options.troubles();
    try (Collector collector = collector()) {
      collector.check();
      ViewersTruth truth = run(audience, troubles, collector, output);
      boolean heard = truth.sent().accepted() > 0 || truth.viewers() == 0;
      return heard ? ExitStatus.OK : ExitStatus.INPUT;
    } catch (IOException e) {
      spec.commandLine().getErr().println("aircheck: " + e.getMessage());
      return ExitStatus.INPUT;
    }
  }

  private Collector collector() {
    try {
      return new Collector(to);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--to: " + e.getMessage(), e);
    }
  }

  /** Sends and prints; who stops it waits until that is done. */
  private ViewersTruth run(
      Audience audience, Troubles troubles, Collector collector, @Nullable OutputFile output)
      throws InterruptedException {
    Progress progress = new Progress(spec.commandLine().getErr(), 0, "viewers");
    ViewersRun run =
        new ViewersRun(audience, troubles, options.seed(), Pace.SYSTEM, speed, progress::say);
    CountDownLatch printed = new CountDownLatch(1);
    Runnable stop =
        () -> {
          run.stop();
          await(printed);
        };
    try (ReportSender sender = new ReportSender(collector, Pace.SYSTEM, connections);
        StopHook hook = new StopHook(stop)) {
      Sent sent = run.run(sender);
      progress.clear();
      ViewersTruth truth = run.truth(audience, options.seed(), sent);
      print(truth, output);
      return truth;
    } finally {
      printed.countDown();
    }
  }

  private static void await(CountDownLatch printed) {
    try {
      if (!printed.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        return; // stopped without the truth
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(ViewersTruth truth, @Nullable OutputFile output) {
    PrintWriter out = spec.commandLine().getOut();
    if (format == LineFormat.JSON) {
      out.println(TruthJson.write(truth).toPrettyString());
    } else {
      TruthText.write(truth, out, Terminal.palette());
    }
    out.flush();
    if (output != null) {
      try {
        Files.writeString(
            output.file(),
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(TruthJson.write(truth))
                + "\n");
      } catch (IOException e) {
        throw output.failed(e);
      }
    }
  }
}
