package io.aircheck.core.media;

import java.io.Serializable;

/**
 * How media time relates to the timestamps that the input itself carries, for a stretch of it.
 *
 * <p>Media time counts from where a task joined. The renditions of a ladder carry the same
 * timestamps for the same content wherever the discontinuity sequence number is the same (RFC 8216,
 * 6.2.4), so that this is what brings tasks that joined at different moments onto one time line.
 *
 * @param sequence discontinuity sequence number; 0 for inputs that count none, negative when
 *     nothing is known
 * @param offsetMicros timestamp of the input less media time
 * @param periodMicros after how long the timestamps start over; 0: never
 */
public record TimestampScope(long sequence, long offsetMicros, long periodMicros)
    implements Serializable {

  /** Of an input that tells nothing about its timestamps. */
  public static final TimestampScope UNKNOWN = new TimestampScope(-1, 0, 0);

  /** Whether anything is known of the timestamps. */
  public boolean known() {
    return sequence >= 0;
  }
}
