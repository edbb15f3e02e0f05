package io.aircheck.app.serve.streams;

import io.aircheck.app.serve.settings.StreamSettings;

/**
 * A stream of the service.
 *
 * @param settings how it is declared, references to secrets resolved
 * @param origin where it is declared
 * @param revision counts changes of its declaration; 1 for one of the file
 */
public record WatchedStream(StreamSettings settings, Origin origin, long revision) {

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
