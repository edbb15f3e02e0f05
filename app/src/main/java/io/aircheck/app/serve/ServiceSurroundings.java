package io.aircheck.app.serve;

import io.aircheck.app.check.AnalysisDeployment;
import io.aircheck.app.serve.settings.IsolationSettings;
import io.aircheck.app.serve.streams.ClusterDesk;
import io.aircheck.app.serve.streams.WatchDeployment;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.storage.files.DiskEvidence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a service finds installed, and where it keeps things.
 *
 * @param meter told what evidence and notifications use; the same that the evidence tells
 * @param workFolder for files in the making, on the same disk as the evidence
 * @param checksFolder for what is uploaded to be checked, and reports
 * @param clock what the service takes for the time of day; media have their own
 * @param log told one line about what an operator of the service should know
 */
public record ServiceSurroundings(
    DetectorCatalog detectors,
    List<ObservationFold<?>> folds,
    StreamTask.Surroundings tasks,
    NotifierCatalog channelTypes,
    ServiceStore store,
    EvidenceStore evidence,
    Meter meter,
    Path workFolder,
    Path checksFolder,
    Map<String, String> environment,
    InstantSource clock,
    Consumer<String> log) {

  /** Where streams are watched. */
  WatchDeployment watching(IsolationSettings isolation) {
    return WatchDeployment.of(isolation, detectors, folds, tasks, ClusterDesk.beside(checksFolder));
  }

  /** Where inputs are analysed once. */
  AnalysisDeployment analyses(IsolationSettings isolation) {
    return WatchDeployment.ofAnalyses(isolation, detectors, folds, tasks.sources());
  }

  /** Ids of the folds. */
  List<String> foldIds() {
    return folds.stream().map(ObservationFold::id).toList();
  }

  /**
   * Everything on the class path, kept below one folder, without variables of the environment.
   *
   * @param maxEvidenceBytes evidence that is kept at most
   */
  public static ServiceSurroundings installed(
      ServiceStore store, Path folder, long maxEvidenceBytes, Consumer<String> log)
      throws IOException {
    return new ServiceSurroundings(
        DetectorCatalog.installed(),
        InProcessDeployment.installedFolds(),
        StreamTask.Surroundings.installed(),
        NotifierCatalog.installed(),
        store,
        new DiskEvidence(folder.resolve("evidence"), maxEvidenceBytes),
        new Meter(),
        folder.resolve("work"),
        folder.resolve("checks"),
        Map.of(),
        InstantSource.system(),
        log);
  }
}
