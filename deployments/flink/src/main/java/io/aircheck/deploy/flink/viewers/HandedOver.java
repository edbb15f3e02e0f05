package io.aircheck.deploy.flink.viewers;

/**
 * A record of the topic.
 *
 * @param session key; empty: a collector tells the time, nothing else
 * @param reports as the collector wrote them; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // written and read as they are, never compared
record HandedOver(String session, byte[] reports) {
  /** Whether it only tells the time. */
  boolean isTick() {
    return session.isEmpty();
  }
}
