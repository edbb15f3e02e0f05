package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import io.aircheck.experience.exposure.Defect;
import io.aircheck.experience.report.Attributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which streams of the service show which content: a stream shows what its label {@code content}
 * says, and without that label what has its id. Several streams may show the same, such as one for
 * each CDN. Thread-safe.
 */
public final class Programmes {
  /** Name of the label. */
  public static final String CONTENT = "content";

  private final StreamRegistry registry;
  private final Function<String, StreamStatus> status;

  /**
   * For the streams of a registry.
   *
   * @param status of a stream by its id
   */
  public Programmes(StreamRegistry registry, Function<String, StreamStatus> status) {
    this.registry = registry;
    this.status = status;
  }

  /** What a stream shows. */
  public static String content(WatchedStream stream) {
    return stream.settings().labels().getOrDefault(CONTENT, stream.id());
  }

  /** What viewers have in common whom a stream reaches, by dimension. */
  public Map<String, String> cohort(WatchedStream stream) {
    Map<String, String> cohort = new HashMap<>(where(stream));
    cohort.put(CONTENT, content(stream));
    return cohort;
  }

  /**
   * How many watch what streams show, by the id of the stream.
   *
   * @param watching sessions by content
   */
  public static Map<String, Long> viewers(
      Map<String, Long> watching, Collection<WatchedStream> streams) {
    Map<String, Long> byStream = new LinkedHashMap<>();
    for (WatchedStream stream : streams) {
      byStream.put(stream.id(), watching.getOrDefault(content(stream), 0L));
    }
    return byStream;
  }

  /** The streams that show a content. */
  public List<WatchedStream> showing(String content) {
    return registry.list().stream().filter(stream -> content(stream).equals(content)).toList();
  }

  /**
   * What an incident means to viewers; nothing for those of several streams, whose members count.
   */
  Optional<Defect> defect(Incident incident) {
    return incident.isGroup()
        ? Optional.empty()
        : registry.find(incident.stream()).map(stream -> defect(incident, stream));
  }

  private Defect defect(Incident incident, WatchedStream stream) {
    return new Defect(
        incident.id(),
        content(stream),
        PlayerRenditions.of(
            incident.renditions(),
            status.apply(stream.id()).renditions(),
            stream.settings().renditions().isEmpty()),
        where(stream),
        incident.firstSeenMillis(),
        incident.lastSeenMillis());
  }

  /** The CDN, where the streams of a content are told apart by it. */
  private Map<String, String> where(WatchedStream stream) {
    String cdn = stream.settings().labels().get(Attributes.CDN);
    boolean several =
        showing(content(stream)).stream()
                .map(other -> other.settings().labels().getOrDefault(Attributes.CDN, ""))
                .distinct()
                .count()
            > 1;
    return cdn != null && several ? Map.of(Attributes.CDN, cdn) : Map.of();
  }
}
