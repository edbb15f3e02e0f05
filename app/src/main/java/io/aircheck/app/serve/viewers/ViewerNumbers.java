package io.aircheck.app.serve.viewers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.streams.WatchedStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the copy that has the viewers tells the others, some seconds ago. Immutable.
 *
 * @param watching sessions by content, of contents that streams show; none: nobody watches it
 * @param incidents who has been shown what, by the id of the incident
 */
public record ViewerNumbers(Map<String, Long> watching, Map<String, Shown> incidents)
    implements Join {
  /**
   * Who has been shown an incident.
   *
   * @param viewers how many
   * @param exposure all of it, as {@link ExposureJson} writes it
   */
  public record Shown(long viewers, String exposure) {}

  @Override
  public Map<String, Long> watching(Collection<WatchedStream> streams) {
    return Programmes.viewers(watching, streams);
  }

  @Override
  public OptionalLong shown(String incident) {
    Shown known = incidents.get(incident);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known.viewers());
  }

  @Override
  public Optional<ObjectNode> exposure(String incident) {
    return Optional.ofNullable(incidents.get(incident))
        .flatMap(known -> ExposureJson.read(known.exposure()));
  }
}
