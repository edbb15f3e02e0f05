package io.aircheck.app.cost.measure;

import io.aircheck.app.cost.measure.functions.FunctionsCandidate;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.isolated.IsolatedDeployment;
import io.aircheck.deploy.isolated.JvmLauncher;
import io.aircheck.deploy.isolated.ProcessEvents;
import java.util.List;

/** The candidates there are. */
public final class Candidates {
  /** Heap and number of child processes as the service has them where nothing is set. */
  private static final long CHILD_HEAP_BYTES = 512_000_000;

  private static final int CHILDREN = 2;

  private Candidates() {}

  /** All of them, the plainest first: the others are compared with it. */
  public static List<Candidate> all() {
    return List.of(
        new DeployedCandidate(
            "inprocess",
            "one process, frames in memory only",
            List.of(1, 4),
            1,
            Candidates::inProcess,
            (work, name) -> List.of(work.stream(name))),
        new DeployedCandidate(
            "isolated",
            "%d supervised child processes, each with its share of the streams".formatted(CHILDREN),
            List.of(CHILDREN, 2 * CHILDREN),
            1,
            probes -> isolated(probes, CHILDREN),
            (work, name) -> List.of(work.stream(name))),
        new DeployedCandidate(
            "decode-again",
            "detectors split between %d processes, each decodes for itself".formatted(Split.PARTS),
            List.of(1, 2),
            Split.PARTS,
            probes -> isolated(probes, Split.PARTS),
            Split::parts),
        new ConvertOnce(),
        FunctionsCandidate.ofEachSecond(),
        FunctionsCandidate.ofTenSeconds());
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
