package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.experience.intake.Locator;
import io.aircheck.experience.place.PlaceFile;
import io.aircheck.experience.place.PlaceFiles;
import io.aircheck.experience.report.Attributes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where viewers are by databases of the operator. One that is replaced is taken up within a minute,
 * on a thread of its own, since large ones take a while. Thread-safe.
 */
public final class ViewerPlaces implements AutoCloseable {
  private final PlaceFiles files;
  private final Consumer<String> log;
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("aircheck-viewer-places").factory());

  /**
   * Reads the databases, if there are any.
   *
   * @param log told one line when one can no longer be read, and when it can again
   * @throws IOException when one cannot be used; the message names the file and what to do
   */
  public ViewerPlaces(ViewerSettings settings, Consumer<String> log) throws IOException {
    boolean regions = settings.keeps(Attributes.REGION);
    this.files = PlaceFiles.open(settings.locations(), regions);
    this.log = log;
  }

  /** Looks from now on whether they are replaced. */
  public void begin() {
    if (!files.files().isEmpty()) {
      Future<?> unused = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.MINUTES);
    }
  }

  /** Takes up what has been replaced, and tells what is wrong. */
  void look() {
    files.look();
    for (PlaceFile file : files.files()) {
      Optional<String> problem = file.problem();
      String before =
          problem.isPresent() ? told.put(file.name(), problem.get()) : told.remove(file.name());
      if (problem.isPresent() && !problem.get().equals(before)) {
        log.accept("places of viewers: " + problem.get());
      } else if (problem.isEmpty() && before != null) {
        log.accept("places of viewers: " + file.name() + " can be read again");
      }
    }
  }

  /** What looks addresses up. */
  Locator locator() {
    return files;
  }

  /** The databases, in the order in which they are asked. */
  List<PlaceFile> files() {
    return files.files();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
