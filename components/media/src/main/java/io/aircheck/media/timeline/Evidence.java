package io.aircheck.media.timeline;

/**
 * What else is known of the stretch between two packets of a track whose timestamps do not follow
 * each other. Asked only when they do not.
 */
public interface Evidence {

  /** Whether data is known to have been lost in between. */
  boolean dataLost();

  /** Whether the input itself announced that timestamps start afresh. */
  boolean announced();

  /**
   * Whether time that the timestamps skip really passed: the container's timestamps are a table
   * that cannot jump, or that much wall-clock time went by in silence.
   *
   * @param micros length of the skipped stretch in microseconds
   */
  boolean timePassed(long micros);
}
