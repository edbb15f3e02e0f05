package io.aircheck.audience.viewer;

/** What a player does, and how common media client data calls it. */
enum Doing {
  ABSENT('d'),
  PRELOADING('d'),
  STARTING('s'),
  PLAYING('p'),
  STALLED('r'),
  SEEKING('k'),
  /** Waits for data right after a seek: it is still on its way, though players call it so. */
  SETTLING('r'),
  PAUSED('a'),
  FAILED('f'),
  ENDED('e'),
  LEFT('q');

  private final char token;

  Doing(char token) {
    this.token = token;
  }

  char token() {
    return token;
  }

  /** Whether it waits for a picture. */
  boolean waits() {
    return this == STARTING || this == STALLED || this == SEEKING || this == SETTLING;
  }

  boolean isOver() {
    return this == ENDED || this == LEFT;
  }
}
