package io.aircheck.app.serve;

import io.aircheck.app.serve.copies.CopyMember;
import io.aircheck.app.serve.events.News;
import io.aircheck.app.serve.evidence.EvidenceRecorder;
import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.streams.StreamWatch;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.store.MetricReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of the incidents of streams that are watched here, made of what these keep of the
 * latest. Thread-safe.
 */
final class StreamEvidence implements AutoCloseable {
  private final ActiveSettings active;
  private final Optional<CopyMember> member;
  private final StreamWatch watch;
  private final EvidenceRecorder recorder;

  /**
   * @param member knows what is watched here; empty: everything is
   * @param metrics where curves come from
   * @throws IOException when a folder cannot be used
   */
  StreamEvidence(
      ServiceSurroundings around,
      ActiveSettings active,
      Optional<CopyMember> member,
      StreamWatch watch,
      MetricReader metrics,
      News news)
      throws IOException {
    this.active = active;
    this.member = member;
    this.watch = watch;
    this.recorder =
        new EvidenceRecorder(
            around.evidence(),
            metrics,
            new EvidenceRecorder.Material(
                watch.footage()::stills,
                watch.footage()::startMillis,
                watch::lastWords,
                this::clip,
                watch.footage()::exchanges),
            active.now().settings().evidence().clipAfter(),
            around.workFolder(),
            news::evidence,
            (id, e) ->
                around.log().accept("evidence of " + id + " could not be kept: " + e.getMessage()));
  }

  private boolean clip(String stream, @Nullable String rendition, long atMillis, Path file)
      throws IOException {
    ServiceSettings.Evidence evidence = active.now().settings().evidence();
    return watch
        .footage()
        .clip(
            stream,
            rendition,
            atMillis - evidence.clipBefore().toMillis(),
            atMillis + evidence.clipAfter().toMillis(),
            file);
  }

  /** Incidents have changed: gathers what proves those of streams that are watched here. */
  void changed(List<IncidentChange> changes) {
    recorder.changed(
        changes.stream().filter(change -> isFromHere(change.incident().stream())).toList());
  }

  private boolean isFromHere(String stream) {
    return !CohortKey.isOne(stream) && member.map(copy -> copy.watches(stream)).orElse(true);
  }

  /** Gathers what is lost otherwise, and stops. */
  @Override
  public void close() {
    recorder.close();
  }
}
