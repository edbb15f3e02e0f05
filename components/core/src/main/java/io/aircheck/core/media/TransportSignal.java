package io.aircheck.core.media;

/**
 * One violation of an ETSI TR 101 290 indicator in an MPEG transport stream.
 *
 * @param indicator which one
 * @param pid packet identifier it concerns; -1 when it concerns the stream as a whole
 * @param ptsMicros media time of the nearest picture or sample before it
 * @param endMicros media time at which the violation ended (interval indicators), else {@code
 *     ptsMicros}
 * @param count violations folded into this signal; at least 1
 * @param value the measured quantity in the indicator's unit (milliseconds for intervals, packets
 *     for losses), or NaN
 * @param detail what was expected and what was found, in words
 */
public record TransportSignal(
    Indicator indicator,
    int pid,
    long ptsMicros,
    long endMicros,
    int count,
    double value,
    String detail) {

  /**
   * Indicators of ETSI TR 101 290, priority 1 and 2, that a file or IP input lets one measure. PCR
   * accuracy (2.4) is not among them: it needs the times at which packets arrived, to fractions of
   * a microsecond.
   */
  public enum Indicator {
    SYNC_LOSS("transport.sync_loss", 1),
    SYNC_BYTE("transport.sync_byte", 1),
    PAT("transport.pat", 1),
    CONTINUITY_COUNT("transport.continuity_count", 1),
    PMT("transport.pmt", 1),
    PID("transport.pid", 1),
    TRANSPORT_ERROR("transport.transport_error", 2),
    CRC("transport.crc", 2),
    PCR_REPETITION("transport.pcr", 2),
    PCR_DISCONTINUITY("transport.pcr_discontinuity", 2),
    PTS("transport.pts", 2),
    CAT("transport.cat", 2);

    private final String kind;
    private final int priority;

    Indicator(String kind, int priority) {
      this.kind = kind;
      this.priority = priority;
    }

    /** The kind of finding that it leads to. */
    public String kind() {
      return kind;
    }

    /** Priority in TR 101 290: 1 (needed for decodability) or 2 (recommended for monitoring). */
    public int priority() {
      return priority;
    }
  }
}
