package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.core.store.EvidenceStore;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The half of the service that watches streams, as the half that watches viewers knows it.
 *
 * @param programmes which stream shows what
 * @param incidents what is found, and where what viewers live through becomes incidents
 * @param status of a stream by its id
 * @param evidence where it is left who was shown what
 * @param workFolder for files on their way there
 */
public record Monitor(
    Programmes programmes,
    Incidents incidents,
    Function<String, StreamStatus> status,
    EvidenceStore evidence,
    Path workFolder) {}
