package io.aircheck.core.media;

import java.util.List;
import java.util.Set;

/** Opens inputs; found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface MediaSourceFactory {

  /** URI schemes it opens, lower case; {@code file} stands for plain paths too. */
  Set<String> schemes();

  /**
   * How well it suits a request with one of its schemes: of several factories the highest opens it,
   * 0 leaves it alone. May look at the name and at the head of a local file, never at the network.
   */
  default int suitability(SourceRequest request) {
    return 1;
  }

  /** Whether what it needs (natives) is there; if not, {@link #unavailableReason()} says why. */
  boolean available();

  /** Why {@link #available()} is false, and what to do; empty when it is true. */
  String unavailableReason();

  /**
   * Ids of the renditions of a ladder, in the order the master playlist declares them; empty for an
   * input that is not a ladder. Reads the head of the input.
   *
   * @throws MediaException when the input cannot be read
   */
  List<String> renditions(SourceRequest request) throws MediaException;

  /**
   * Opens an input. Returns once the tracks are known or the read time-out is over.
   *
   * @throws MediaException when it cannot be opened or holds nothing that can be decoded
   */
  MediaSource open(SourceRequest request) throws MediaException;
}
