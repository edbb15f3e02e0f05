package io.aircheck.experience.ingest;

import java.util.List;

/**
 * How far a log has been read, as it follows from marks that were kept with reports. Not
 * thread-safe: its intake sees to that.
 */
interface Bookmark {
  /**
   * Lines are done with, as a mark of one line says.
   *
   * @throws IllegalArgumentException for a mark of another version
   */
  void passed(String mark);

  /** Marks that lead here when they are passed one after the other. */
  List<String> marks();
}
