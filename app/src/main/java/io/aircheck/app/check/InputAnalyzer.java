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
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Analyses finite inputs, one after the other, as fast as it can. */
public final class InputAnalyzer {
  private static final String STREAM = "input";

  private final DetectorCatalog catalog;
  private final List<ObservationFold<?>> folds;
  private final MediaSources sources;
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

  public InputAnalyzer(
      DetectorCatalog catalog,
      List<ObservationFold<?>> folds,
      MediaSources sources,
      List<DetectorChoice> detectors) {
    this.catalog = catalog;
    this.folds = List.copyOf(folds);
    this.sources = sources;
    this.detectors = List.copyOf(detectors);
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
    InputCollector collector = new InputCollector(job.source(), watcher);
    InProcessDeployment deployment =
        new InProcessDeployment(
            catalog,
            folds,
            StreamTask.Surroundings.installed().withSources(sources),
            InProcessDeployment.Settings.DEFAULT,
            collector::probe);
    StreamSpec stream =
        new StreamSpec(STREAM, job.source(), job.reference(), job.renditions(), detectors, false);
    Topology topology =
        new Topology(List.of(stream), folds.stream().map(ObservationFold::id).toList());
    try (Deployment.Handle handle = deployment.deploy(topology, collector::observe)) {
      handle.done().toCompletableFuture().join();
    } catch (CompletionException | CancellationException e) {
      collector.internalFailure(e.getCause() == null ? e : e.getCause());
    }
    return collector.report(catalog.configure(detectors), illustrations.get());
  }
}
