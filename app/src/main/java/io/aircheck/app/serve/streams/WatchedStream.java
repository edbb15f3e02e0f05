package io.aircheck.app.serve.streams;

import io.aircheck.app.serve.settings.StreamSettings;
import java.util.Optional;
import java.util.Set;

/**
 * A stream of the service.
 *
 * @param settings how it is declared, references to secrets resolved
 * @param origin where it is declared
 * @param revision counts changes of its declaration; 1 for one of the file
 * @param part of the detectors of its policy that are used; empty: all of them
 */
public record WatchedStream(
    StreamSettings settings, Origin origin, long revision, Optional<Set<String>> part) {

  /** A stream on which everything is looked for that its policy says. */
  public WatchedStream(StreamSettings settings, Origin origin, long revision) {
    this(settings, origin, revision, Optional.empty());
  }

  /** The same stream with a part of its detectors. */
  public WatchedStream withPart(Optional<Set<String>> detectors) {
    return new WatchedStream(settings, origin, revision, detectors);
  }

  /** Where a stream is declared. */
  public enum Origin {
    /** In the configuration file; changed there. */
    FILE,
    /** Over the API; kept in the data directory. */
    API
  }

  /** Its id. */
  public String id() {
    return settings.id();
  }
}
