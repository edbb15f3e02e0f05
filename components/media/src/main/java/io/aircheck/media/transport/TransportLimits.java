package io.aircheck.media.transport;

/**
 * Longest intervals that are in order, in milliseconds.
 *
 * @param tableMillis between program association sections, and between program maps
 * @param pidMillis between packets of a PID that a program map refers to
 * @param pcrMillis between programme clock references
 * @param ptsMillis between presentation time stamps of a track
 */
public record TransportLimits(int tableMillis, int pidMillis, int pcrMillis, int ptsMillis) {

  /**
   * The limits of ETSI TR 101 290 V1.4.1: 500 ms for tables, 40 ms for clock references, 700 ms for
   * time stamps; five seconds for PIDs, where it leaves the choice to the user.
   */
  public static final TransportLimits STANDARD = new TransportLimits(500, 5000, 40, 700);

  /**
   * For segments that are delivered as files: no limits. Each has its tables once, at its start
   * (RFC 8216, 3.2); nobody joins in its middle, and no clock is recovered from it.
   */
  public static final TransportLimits SEGMENTS =
      new TransportLimits(
          Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
