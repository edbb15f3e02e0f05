package io.aircheck.app.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aircheck.app.check.InputAnalyzer;
import io.aircheck.app.check.InputWatcher;
import io.aircheck.app.check.LimitedSources;
import io.aircheck.app.report.InputReport;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.faults.hls.PlaylistSchedule;
import io.aircheck.faults.hls.ScheduledHlsServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the detectors over one labelled clip, live ones from a server on the loopback interface. */
public final class ClipRunner {
  private final DetectorCatalog catalog;
  private final List<ObservationFold<?>> folds;
  private final MediaSources sources;
  private final List<DetectorChoice> detectors;
  private final Path folder;
  private final @Nullable Path masters;

  /**
   * @param folder folder of the labels
   * @param masters folder with the clean programmes, for clips that need a reference; may be null
   */
  public ClipRunner(
      DetectorCatalog catalog,
      List<ObservationFold<?>> folds,
      MediaSources sources,
      List<DetectorChoice> detectors,
      Path folder,
      @Nullable Path masters) {
    this.catalog = catalog;
    this.folds = List.copyOf(folds);
    this.sources = sources;
    this.detectors = List.copyOf(detectors);
    this.folder = folder;
    this.masters = masters;
  }

  /** Whether a clip is served as a live playlist that changes with time. */
  public boolean isLive(LabelledClip clip) {
    return Files.exists(schedule(clip));
  }

  /**
   * Analyses a clip.
   *
   * @throws IOException when the clip cannot be served or its reference cannot be looked for
   */
  public InputReport run(LabelledClip clip) throws IOException {
    Path path = folder.resolve(clip.file());
    if (isLive(clip)) {
      return live(clip, path);
    }
    String input = clip.isFolder() ? path.resolve("master.m3u8").toString() : path.toString();
    boolean needsReference =
        clip.events().stream().anyMatch(event -> event.offsetMillis().isPresent());
    Optional<SourceRequest> reference = needsReference ? reference(clip) : Optional.empty();
    return analyze(sources, new InputAnalyzer.Job(SourceRequest.of(input), reference, List.of()));
  }

  private InputReport live(LabelledClip clip, Path path) throws IOException {
    PlaylistSchedule schedule = read(schedule(clip));
    // No longer than the schedule: a playlist that has ended looks like one that stalls.
    Duration length = Duration.ofMillis(Math.round(schedule.lastChangeSeconds() * 1000));
    try (ScheduledHlsServer server =
        ScheduledHlsServer.start(
            path, "live/index.m3u8", schedule, ScheduledHlsServer.realTime())) {
      SourceRequest request =
          SourceRequest.of(server.liveUri().toString()).withReadTimeout(Duration.ofSeconds(2));
      return analyze(
          new LimitedSources(sources, length),
          new InputAnalyzer.Job(request, Optional.empty(), List.of()));
    }
  }

  private InputReport analyze(MediaSources from, InputAnalyzer.Job job) {
    return InputAnalyzer.here(catalog, folds, from, detectors).analyze(job, InputWatcher.NONE);
  }

  private Path schedule(LabelledClip clip) {
    return folder.resolve(clip.file()).resolve("live/schedule.json");
  }

  /** A list of {@code {"t": seconds, "playlist": path below the clip}}. */
  private static PlaylistSchedule read(Path file) throws IOException {
    List<PlaylistSchedule.Step> steps = new ArrayList<>();
    for (JsonNode step : new ObjectMapper().readTree(file.toFile())) {
      steps.add(
          new PlaylistSchedule.Step(
              step.path("t").asDouble(), Path.of(step.path("playlist").asText())));
    }
    return new PlaylistSchedule(steps);
  }

  /** The clean programme of a clip: a file named like it, whatever its container. */
  private Optional<SourceRequest> reference(LabelledClip clip) throws IOException {
    Path from = masters;
    if (from == null || clip.source().isEmpty()) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, clip.source() + ".*")) {
      for (Path file : files) {
        return Optional.of(SourceRequest.of(file.toString()));
      }
    }
    return Optional.empty();
  }
}
