package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Content;

/** What a player does and shows at the moment. Not thread-safe. */
final class Playout {
  private static final int NORMAL_PERMILLE = 1000;

  Content content;
  Doing doing = Doing.ABSENT;
  boolean ad;
  boolean hidden;
  int rung;
  int ratePermille = NORMAL_PERMILLE;

  /** Behind the encoder; -1: not known, or not live. */
  long latencyMillis = -1;

  /** Place in what is on demand, in thousandths of milliseconds. */
  long positionMicros;

  Playout(Content content) {
    this.content = content;
  }

  /** Other content begins. */
  void change(Content other) {
    content = other;
    ad = false;
    ratePermille = NORMAL_PERMILLE;
    latencyMillis = -1;
    positionMicros = 0;
    rung = Math.min(rung, other.ladderKbps().size() - 1);
  }

  int kbps() {
    return content.ladderKbps().get(rung);
  }

  boolean showsContent() {
    return doing == Doing.PLAYING && !ad;
  }

  /** Time passes: what is live goes on without whoever waits, what is on demand does not. */
  void elapse(long millis) {
    if (showsContent()) {
      positionMicros += millis * ratePermille;
    } else if (latencyMillis >= 0 && (doing.waits() || doing == Doing.PAUSED)) {
      latencyMillis += millis;
    }
  }

  /** How long it plays until its end; {@link Long#MAX_VALUE} when it has none. */
  long leftMillis() {
    if (content.live()) {
      return Long.MAX_VALUE;
    }
    long left = content.durationMillis() * 1000 - positionMicros;
    return Math.max(1, Math.ceilDiv(left, (long) ratePermille));
  }
}
