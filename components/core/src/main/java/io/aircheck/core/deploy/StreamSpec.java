package io.aircheck.core.deploy;

import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.SourceRequest;
import java.util.List;
import java.util.Optional;

/**
 * One stream to watch, as data.
 *
 * @param id unique in the topology
 * @param source what to open; a ladder is expanded into its renditions
 * @param reference a second point of the same programme to compare with, if there is one
 * @param renditions renditions to watch; empty: all
 * @param detectors what to look for
 * @param live whether to reconnect when the input ends or fails, until stopped
 * @param watching how closely
 */
public record StreamSpec(
    String id,
    SourceRequest source,
    Optional<SourceRequest> reference,
    List<String> renditions,
    List<DetectorChoice> detectors,
    boolean live,
    Watching watching) {

  public StreamSpec {
    renditions = List.copyOf(renditions);
    detectors = List.copyOf(detectors);
  }

  /** A stream that is watched in full. */
  public StreamSpec(
      String id,
      SourceRequest source,
      Optional<SourceRequest> reference,
      List<String> renditions,
      List<DetectorChoice> detectors,
      boolean live) {
    this(id, source, reference, renditions, detectors, live, Watching.FULL);
  }

  /** The same stream, with a rule where it and its reference may lead to. */
  public StreamSpec withAddresses(AddressRule rule) {
    return new StreamSpec(
        id,
        source.withAddresses(rule),
        reference.map(request -> request.withAddresses(rule)),
        renditions,
        detectors,
        live,
        watching);
  }

  /** The same stream, watched more or less closely. */
  public StreamSpec withWatching(Watching other) {
    return new StreamSpec(id, source, reference, renditions, detectors, live, other);
  }
}
