package io.aircheck.app.serve.viewers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What is known at hand of the viewers of streams and incidents, whichever copy of the service
 * counts them. Thread-safe.
 */
public interface Join {
  /** Measurement that incidents of viewers have. */
  String VIEWERS = "viewers";

  /**
   * How many watch what streams show, by the id of the stream: sessions that watch its content now,
   * whichever CDN or rendition they get.
   */
  Map<String, Long> watching(Collection<WatchedStream> streams);

  /** How many have been shown an incident; empty when nothing is known of it at hand. */
  OptionalLong shown(String incident);

  /**
   * Who has been shown an incident, as {@link ExposureJson} writes it; empty when nothing is known
   * of it at hand: it is over for long, and its evidence has it.
   */
  Optional<ObjectNode> exposure(String incident);

  /**
   * How many viewers an incident hits, as far as is known: of a defect those who were shown it, of
   * several streams those of its members together, of viewers those whom it is about, in its latest
   * window.
   *
   * @return empty when nothing is known of it at hand
   */
  default OptionalLong hit(Incident incident) {
    if (CohortKey.isOne(incident.stream())) {
      Double viewers = incident.measurements().get(VIEWERS);
      return viewers == null ? OptionalLong.empty() : OptionalLong.of(Math.round(viewers));
    }
    long[] known =
        Stream.concat(
                Stream.of(incident.id()), incident.members().stream().map(Incident.Member::id))
            .map(this::shown)
            .flatMapToLong(OptionalLong::stream)
            .toArray();
    return known.length == 0 ? OptionalLong.empty() : OptionalLong.of(LongStream.of(known).sum());
  }
}
