package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.monitor.Monitor;
import io.aircheck.app.monitor.MonitorLog;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code monitor}: watches live inputs until stopped. */
@Command(
    name = "monitor",
    description =
        "Watches live inputs until stopped: one line for each opening and closing of a finding."
            + " An input that is lost or not there is tried again for ever. Files are played once,"
            + " at the speed of a viewer; when nothing else is watched, it ends with them.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all inputs have ended, or it was stopped by Ctrl-C or SIGTERM; what was open is closed",
      "  2  wrong usage or configuration",
    })
final class MonitorCommand implements Callable<Integer> {
  private static final long STATUS_INTERVAL_MILLIS = 1000;

  @Parameters(
      arity = "0..*",
      paramLabel = "INPUT",
      description =
          "Addresses or files, or names of streams in --config. Without any: all streams in"
              + " --config.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: text.")
  private LineFormat format = LineFormat.TEXT;

  @Option(
      names = "--reference",
      paramLabel = "OTHER",
      description =
          "A second point of the same programme, for one input only; those of several stand with"
              + " the streams in --config.")
  private @Nullable String reference;

  @Option(
      names = "--renditions",
      split = ",",
      paramLabel = "ID",
      description = "Renditions of ladders to watch; all if not given.")
  private List<String> renditions = new ArrayList<>();

  @Mixin private DetectorOptions detectors = new DetectorOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    List<NamedInput> named = NamedInput.of(inputs, reference, detectors.config().streams());
    if (reference != null && named.size() > 1) {
      throw new UsageException("--reference is for one input; there are " + named.size());
    }
    DetectorCatalog catalog = DetectorCatalog.installed();
    List<DetectorChoice> choices = detectors.choose(catalog);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Progress status = new Progress(err, named.size(), "inputs");
    List<Monitor.Input> watched =
        named.stream()
            .map(
                input ->
                    new Monitor.Input(
                        detectors.request(input.input()),
                        input.reference().map(detectors::request)))
            .toList();
    MonitorLog log =
        format == LineFormat.JSON ? MonitorLog.json(out) : MonitorLog.text(out, Terminal.palette());
    Monitor monitor =
        new Monitor(
            catalog,
            InProcessDeployment.installedFolds(),
            StreamTask.Surroundings.installed(),
            watched,
            renditions,
            choices,
            (input, opened, wallClockMillis, finding) -> {
              status.clear();
              log.line(input, opened, wallClockMillis, finding);
            },
            notice -> {
              status.clear();
              err.println("aircheck: " + notice);
              err.flush();
            });
    try (monitor;
        StopHook hook = new StopHook(monitor::close)) {
      await(monitor, status);
    }
    status.clear();
    return ExitStatus.OK;
  }

  private static void await(Monitor monitor, Progress status) throws InterruptedException {
    CompletableFuture<Void> done = monitor.done().toCompletableFuture();
    while (true) {
      try {
        done.get(STATUS_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        status.say(monitor.status());
      } catch (ExecutionException e) {
        throw new IllegalStateException("the monitor failed", e.getCause());
      }
    }
  }
}
