package io.aircheck.core.meter;

/**
 * What a deployment can use up, and what it is billed for. All are sums that only grow, so that
 * those of several processes and hours may be added.
 */
public enum Quantity {
  /**
   * Seconds of stream that were watched, each stream counted once however many renditions it has.
   */
  STREAM_SECONDS("s"),
  /** Processor time of everything that serves the streams, seconds of one core. */
  CPU_SECONDS("s"),
  /** Resident memory held, times how long: GB (10^9 bytes) times seconds. */
  MEMORY_GB_SECONDS("GB s"),
  /** Calls of functions. */
  FUNCTION_INVOCATIONS("1"),
  /** How long functions ran, added up: over a time, as many as ran at once on average. */
  FUNCTION_SECONDS("s"),
  /**
   * Memory that functions were given, times how long they ran: GiB times seconds, as they are sold.
   */
  FUNCTION_GIB_SECONDS("GiB s"),
  /** Transitions from one state of a state machine to the next, retries counted. */
  STATE_TRANSITIONS("1"),
  /** Requests that write or list objects: PUT, COPY, POST, LIST; "tier 1". */
  OBJECT_WRITES("1"),
  /** Requests that read objects: GET, HEAD; "tier 2". Deleting costs nothing. */
  OBJECT_READS("1"),
  /** Bytes sent to the object store. */
  OBJECT_BYTES_WRITTEN("B"),
  /** Bytes received from the object store. */
  OBJECT_BYTES_READ("B"),
  /**
   * Decoded pictures and sound that one process hands to another, bytes; what {@link
   * #OBJECT_BYTES_WRITTEN} counts is not in it.
   */
  FRAME_BYTES("B"),
  /** Messages published to topics and queues that are paid for by the message. */
  MESSAGES("1"),
  /** Records appended to logs such as Kafka, whose brokers are paid for, not the record. */
  LOG_RECORDS("1"),
  /** E-mails handed to a mail server, each counted once however many it is for. */
  MAILS("1"),
  /** Calls of web hooks, chats and pagers. */
  WEB_CALLS("1");

  private final String unit;

  Quantity(String unit) {
    this.unit = unit;
  }

  /** Unit of its values, as UCUM has it where it has one; "1" for a plain count. */
  public String unit() {
    return unit;
  }
}
