package io.aircheck.experience.engine;

import java.util.List;

/** Is told what is new of viewers. On any threads, one at a time; must not block. */
public interface AudienceListener {
  /** Something is new of views. */
  void told(List<Told> news);

  /** Everything that reports and timers before a time have to tell has been told. */
  default void advanced(long millis) {}
}
