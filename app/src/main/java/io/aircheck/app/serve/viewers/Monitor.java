package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.streams.StreamChanges;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.IncidentStore;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The half of the service that watches streams, as the half that watches viewers knows it.
 *
 * @param registry its streams
 * @param changes adds streams and takes them away
 * @param incidents what is found, and where what viewers live through becomes incidents
 * @param past where incidents are that are over
 * @param status of a stream by its id
 * @param evidence where it is left who was shown what
 * @param workFolder for files on their way there
 */
public record Monitor(
    StreamRegistry registry,
    StreamChanges changes,
    Incidents incidents,
    IncidentStore past,
    Function<String, StreamStatus> status,
    EvidenceStore evidence,
    Path workFolder) {

  /** Which stream shows what. */
  Programmes programmes() {
    return new Programmes(registry, status);
  }
}
