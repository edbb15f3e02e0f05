package io.aircheck.media.resource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/**
 * An opened playlist, key or segment.
 *
 * @param uri where it really is, after redirects
 * @param contentType media type as the server tells, lower case, without parameters
 * @param body its bytes; reads fail with an {@link IOException} when nothing comes for the time-out
 */
public record Resource(URI uri, Optional<String> contentType, InputStream body)
    implements AutoCloseable {

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException ignored) {
      // Nothing was written, so nothing can be lost.
    }
  }
}
