package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.serve.streams.ClusterDesk;
import io.aircheck.app.serve.streams.ClusterWorkers;
import io.aircheck.app.serve.streams.FileStreams;
import io.aircheck.app.serve.streams.FileViewers;
import io.aircheck.deploy.flink.FlinkJobs;
import io.aircheck.deploy.flink.SinkSetup;
import io.aircheck.deploy.flink.local.ClusterSettings;
import io.aircheck.deploy.flink.local.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cluster}: a Flink cluster of several JVMs on this machine. */
@Command(
    name = "cluster",
    description = "A Flink cluster of several JVMs on this machine, which watches for a service.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ClusterCommand.Start.class,
      ClusterCommand.Submit.class,
      ClusterCommand.Status.class,
      ClusterCommand.Stop.class,
    })
final class ClusterCommand implements Runnable {
  /** Held, since loggers that nobody holds forget their level. */
  private static final Logger LIBRARIES = Logger.getLogger("");

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
  }

  /** Which cluster. */
  static final class Place {
    @Option(
        names = "--dir",
        paramLabel = "DIR",
        defaultValue = "aircheck-cluster",
        description = "Where the cluster keeps everything; default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("aircheck-cluster");

    LocalCluster cluster() {
      LIBRARIES.setLevel(Level.SEVERE);
      return new LocalCluster(folder);
    }
  }

  /** {@code cluster start}. */
  @Command(
      name = "start",
      description =
          "Starts what is not running yet: ZooKeeper, job managers and task managers. Said again,"
              + " it brings back what has died, or makes the cluster larger.")
  static final class Start implements Callable<Integer> {
    @Mixin private Place place = new Place();
    @Spec private CommandSpec spec;

    @Option(
        names = "--task-managers",
        paramLabel = "N",
        defaultValue = "2",
        description = "Processes that watch; default: ${DEFAULT-VALUE}.")
    private int taskManagers;

    @Option(
        names = "--job-managers",
        paramLabel = "N",
        defaultValue = "2",
        description = "One leads, the others stand by; default: ${DEFAULT-VALUE}.")
    private int jobManagers;

    @Option(
        names = "--heap",
        paramLabel = "MB",
        defaultValue = "512",
        description = "Heap of each task manager for streams; default: ${DEFAULT-VALUE}.")
    private int heapMegabytes;

    @Option(
        names = "--port",
        paramLabel = "N",
        defaultValue = "8081",
        description =
            "Where the cluster answers over HTTP, on loopback; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
        names = "--metrics-port",
        paramLabel = "N",
        description =
            "Lets each process tell Prometheus its metrics, on the first free port from this one"
                + " on, on all addresses of this machine; default: none does.")
    private @Nullable Integer metricsPort;

    @Override
    public Integer call() throws InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      try {
        List<String> started =
            place
                .cluster()
                .start(
                    new ClusterSettings(
                        jobManagers,
                        taskManagers,
                        heapMegabytes,
                        port,
                        metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort)));
        started.forEach(name -> out.println("started " + name));
        if (started.isEmpty()) {
          out.println("all is running already");
        }
        return ExitStatus.OK;
      } catch (IOException | IllegalArgumentException e) {
        throw new UsageException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** {@code cluster submit}. */
  @Command(
      name = "submit",
      description =
          "Lets the cluster watch, until it is stopped: for a service, or without one the streams"
              + " of a configuration file, whose sinks and channels take the incidents; or read"
              + " what collectors hand over of viewers.")
  static final class Submit implements Callable<Integer> {
    @Mixin private Place place = new Place();
    @Spec private CommandSpec spec;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description =
            "Data folder of the service that it watches for; default: aircheck-data, without"
                + " --config.")
    private @Nullable Path data;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description =
            "Watches without a service: streams and policies of this file, which job and task"
                + " managers read; incidents go to what stands in it under isolation.sinks, and"
                + " to channels by its routes.")
    private @Nullable Path config;

    @Option(
        names = "--viewers",
        description =
            "With --config: reads the reports that collectors hand over to viewers.kafka of this"
                + " file, for its viewers.job.")
    private boolean viewers;

    @Option(
        names = "--parallelism",
        paramLabel = "N",
        defaultValue = "64",
        description =
            "Task managers that share the work at most; those that there are if fewer."
                + " Default: ${DEFAULT-VALUE}.")
    private int parallelism;

    @Override
    public Integer call() {
      if (data != null && config != null) {
        throw new UsageException("--data is of a service, --config is for none; give one of them");
      }
      if (viewers && config == null) {
        throw new UsageException("--viewers needs --config: the file that names the topic");
      }
      try {
        FlinkJobs jobs = place.cluster().jobs();
        for (String running : jobs.list()) {
          if (FlinkJobs.isOfViewers(running) == viewers) {
            throw new UsageException("the cluster runs a job already: " + running);
          }
        }
        String job =
            config == null
                ? submit(jobs, data == null ? Path.of("aircheck-data") : data)
                : viewers ? submitViewers(jobs, config) : submitAlone(jobs, config);
        spec.commandLine().getOut().println("submitted " + job);
        return ExitStatus.OK;
      } catch (IOException e) {
        throw new UsageException(String.valueOf(e.getMessage()), e);
      }
    }

    private String submit(FlinkJobs jobs, Path folder) throws IOException {
      ClusterDesk desk = ClusterDesk.in(folder);
      if (!Files.exists(desk.file())) {
        throw new UsageException(
            "no service with \"isolation: cluster\" has run with the data folder " + folder);
      }
      return jobs.submit(desk.address(), parallelism, new ClusterWorkers(true));
    }

    private String submitViewers(FlinkJobs jobs, Path file) throws IOException {
      FileViewers setup = FileViewers.of(file);
      setup.check();
      return jobs.submit(setup, setup.topic(), parallelism);
    }

    private String submitAlone(FlinkJobs jobs, Path file) throws IOException {
      FileStreams streams = FileStreams.of(file);
      List<SinkSetup> sinks = streams.sinks();
      if (sinks.isEmpty()) {
        throw new UsageException(
            file
                + ": names neither isolation.sinks nor channels with routes; nobody would be told"
                + " of any incident");
      }
      return jobs.submit(streams, sinks, parallelism, new ClusterWorkers(false));
    }
  }

  /** {@code cluster status}. */
  @Command(name = "status", description = "Says which processes are alive, and what they run.")
  static final class Status implements Callable<Integer> {
    @Mixin private Place place = new Place();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try {
        LocalCluster cluster = place.cluster();
        Map<String, ProcessHandle> processes = cluster.processes();
        processes.forEach((name, process) -> out.println(name + " process " + process.pid()));
        if (processes.isEmpty()) {
          out.println("nothing is running");
          return ExitStatus.FINDINGS;
        }
        List<String> jobs = cluster.jobs().list();
        jobs.forEach(job -> out.println("job " + job));
        if (jobs.isEmpty()) {
          out.println("no job");
        }
        return ExitStatus.OK;
      } catch (IOException e) {
        throw new UsageException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** {@code cluster stop}. */
  @Command(
      name = "stop",
      description =
          "Stops all processes. What they remember stays: jobs go on when the cluster is started"
              + " again.")
  static final class Stop implements Callable<Integer> {
    @Mixin private Place place = new Place();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      try {
        List<String> stopped = place.cluster().stop();
        stopped.forEach(name -> out.println("stopped " + name));
        if (stopped.isEmpty()) {
          out.println("nothing is running");
        }
        return ExitStatus.OK;
      } catch (IOException e) {
        throw new UsageException(String.valueOf(e.getMessage()), e);
      }
    }
  }
}
