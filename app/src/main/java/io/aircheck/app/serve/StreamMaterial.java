package io.aircheck.app.serve;

import io.aircheck.app.serve.evidence.EvidenceRecorder;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.streams.StreamWatch;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What evidence is made of that streams keep of the latest. Thread-safe. */
final class StreamMaterial {
  private final StreamWatch watch;
  private final ActiveSettings active;

  StreamMaterial(StreamWatch watch, ActiveSettings active) {
    this.watch = watch;
    this.active = active;
  }

  EvidenceRecorder.Material material() {
    return new EvidenceRecorder.Material(
        watch.footage()::stills,
        watch.footage()::startMillis,
        watch::lastWords,
        this::clip,
        watch.footage()::exchanges);
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
}
