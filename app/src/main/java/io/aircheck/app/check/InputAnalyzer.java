package io.aircheck.app.check;

import io.aircheck.app.report.Illustrations;
import io.aircheck.app.report.InputReport;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Analyses finite inputs, one after the other, as fast as it can. */
public final class InputAnalyzer {
  private static final String STREAM = "input";

  private final DetectorCatalog catalog;
  private final List<String> folds;
  private final AnalysisDeployment where;
  private final List<DetectorChoice> detectors;

  /**
   * What to analyse.
   *
   * @param source the input
   * @param reference a second point of the same programme, or empty
   * @param renditions renditions of a ladder to analyse; empty: all
   */
  public record Job(
      SourceRequest source, Optional<SourceRequest> reference, List<String> renditions) {
    public Job {
      renditions = List.copyOf(renditions);
    }
  }

  /**
   * @param catalog what detectors there are
   * @param folds ids of the folds over what they observe
   * @param where the analysis runs
   * @param detectors those that look, with their options
   */
  public InputAnalyzer(
      DetectorCatalog catalog,
      List<String> folds,
      AnalysisDeployment where,
      List<DetectorChoice> detectors) {
    this.catalog = catalog;
    this.folds = List.copyOf(folds);
    this.where = where;
    this.detectors = List.copyOf(detectors);
  }

  /** Analyses in this process, with folds of all kinds. */
  public static InputAnalyzer here(
      DetectorCatalog catalog,
      List<ObservationFold<?>> folds,
      MediaSources sources,
      List<DetectorChoice> detectors) {
    return new InputAnalyzer(
        catalog,
        folds.stream().map(ObservationFold::id).toList(),
        AnalysisDeployment.here(catalog, folds, sources),
        detectors);
  }

  /**
   * Analyses one input to its end.
   *
   * @param watcher told of metrics, pictures and progress
   * @return the report; also for an input that cannot be opened
   */
  public InputReport analyze(Job job, InputWatcher watcher) {
    return analyze(job, watcher, () -> Illustrations.NONE);
  }

  /**
   * Analyses one input to its end.
   *
   * @param illustrations asked at the end for what only the page shows
   */
  public InputReport analyze(Job job, InputWatcher watcher, Supplier<Illustrations> illustrations) {
    return begin(job, watcher).report(illustrations);
  }

  /** Begins to analyse an input; the report has to be asked for, so that all of it is released. */
  public RunningAnalysis begin(Job job, InputWatcher watcher) {
    InputCollector collector = new InputCollector(job.source(), watcher);
    CompletableFuture<Void> lost = new CompletableFuture<>();
    Deployment deployment =
        where.create(
            collector::probe,
            why -> {
              collector.lost(why);
              lost.complete(null);
            });
    StreamSpec stream =
        new StreamSpec(STREAM, job.source(), job.reference(), job.renditions(), detectors, false);
    Deployment.Handle handle =
        deployment.deploy(new Topology(List.of(stream), folds), collector::observe);
    return new RunningAnalysis(collector, catalog.configure(detectors), handle, lost);
  }
}
