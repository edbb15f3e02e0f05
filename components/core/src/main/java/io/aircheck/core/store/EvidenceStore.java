package io.aircheck.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files that prove an incident: thumbnails, clips, curves, playlists. Thread-safe. Names are made
 * by the service from fixed words and times, never from addresses or what users typed.
 */
public interface EvidenceStore extends AutoCloseable {

  /**
   * A piece of evidence.
   *
   * @param name unique within the incident, such as {@code at.jpg} or {@code clip.mp4}
   * @param mediaType such as {@code image/jpeg}
   * @param bytes length
   * @param atMillis wall-clock time that it shows
   */
  record Item(String incident, String name, String mediaType, long bytes, long atMillis) {}

  /** Takes a file over: moves or uploads it. A second one of the same name replaces the first. */
  Item put(String incident, String name, String mediaType, long atMillis, Path file)
      throws IOException;

  /** What there is of an incident, by time. */
  List<Item> list(String incident) throws IOException;

  /** Content of a piece; empty when it is not there any more. Close it. */
  Optional<InputStream> open(String incident, String name) throws IOException;

  /** Forgets everything of an incident. */
  void remove(String incident) throws IOException;

  @Override
  default void close() {}
}
