package io.aircheck.media.ffmpeg;

/** How the bytes of an input arrive. */
enum Delivery {
  /** From a file: never waited for, read by whoever decodes. */
  FILE,
  /** From a server that has them all: silence for the read time-out is a failure. */
  STORED,
  /** As they are made: silence is told and waited out. */
  LIVE
}
