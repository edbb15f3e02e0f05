package io.aircheck.app.cost.measure;

import io.aircheck.app.cost.measure.functions.FunctionsCandidate;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.flink.FlinkDeployment;
import io.aircheck.deploy.flink.ProbedTasks;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.isolated.IsolatedDeployment;
import io.aircheck.deploy.isolated.JvmLauncher;
import io.aircheck.deploy.isolated.ProcessEvents;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The candidates there are. */
public final class Candidates {
  /** Heap and number of child processes as the service has them where nothing is set. */
  private static final long CHILD_HEAP_BYTES = 512_000_000;

  private static final int CHILDREN = 2;

  /** Held, since loggers that nobody holds forget their level. */
  private static final Logger FLINK = Logger.getLogger("org.apache");

  private Candidates() {}

  /** All of them, the plainest first: the others are compared with it. */
  public static List<Candidate> all() {
    return List.of(
        inProcess(List.of(1, 4)),
        new DeployedCandidate(
            "isolated",
            "%d supervised child processes, each with its share of the streams".formatted(CHILDREN),
            List.of(CHILDREN, 2 * CHILDREN),
            1,
            (probes, witness) -> isolated(probes, CHILDREN),
            (work, name) -> List.of(work.stream(name))),
        flink(List.of(1, 4)),
        new DeployedCandidate(
            "decode-again",
            "detectors split between %d processes, each decodes for itself".formatted(Split.PARTS),
            List.of(1, 2),
            Split.PARTS,
            (probes, witness) -> isolated(probes, Split.PARTS),
            Split::parts),
        new ConvertOnce(),
        FunctionsCandidate.ofEachSecond(),
        FunctionsCandidate.ofTenSeconds());
  }

  /**
   * The plainest one.
   *
   * @param streams numbers of streams to measure with
   */
  public static Candidate inProcess(List<Integer> streams) {
    return new DeployedCandidate(
        "inprocess",
        "one process, frames in memory only",
        streams,
        1,
        (probes, witness) -> inProcess(probes),
        (work, name) -> List.of(work.stream(name)));
  }

  /**
   * A job on a Flink cluster that is in one process with it, so that all that it uses is metered.
   *
   * @param streams numbers of streams to measure with
   */
  public static Candidate flink(List<Integer> streams) {
    return new DeployedCandidate(
        "flink",
        "a job on a Flink cluster of one process: job manager, task manager with one reader",
        streams,
        1,
        Candidates::flink,
        (work, name) -> List.of(work.stream(name)));
  }

  private static Deployment flink(ProbeFactory probes, Witness witness) {
    // It tells at length what it does, and warns of what is not there and not needed.
    FLINK.setLevel(Level.SEVERE);
    return FlinkDeployment.inThisProcess(
        1, new MeasuredWorkers(), new ProbedTasks(probes, witness::changed));
  }

  private static Deployment inProcess(ProbeFactory probes) {
    return new InProcessDeployment(
        DetectorCatalog.installed(),
        InProcessDeployment.installedFolds(),
        MeasuredProcess.paced(StreamTask.Surroundings.installed()),
        InProcessDeployment.Settings.DEFAULT,
        probes);
  }

  /** A deployment of child processes. */
  static Deployment isolated(ProbeFactory probes, int processes) {
    return new IsolatedDeployment(
        DetectorCatalog.installed(),
        InProcessDeployment.installedFolds(),
        new JvmLauncher(MeasuredProcess.class, CHILD_HEAP_BYTES),
        IsolatedDeployment.Settings.of(processes),
        probes,
        ProcessEvents.NONE);
  }
}
