package io.aircheck.core.media;

/** How much of what a source receives is decoded. Everything is received and read either way. */
public enum Decoding {
  /** Every picture and all sound. */
  FULL,

  /**
   * Pictures that need no others, and no sound. The rest is told as {@link MediaEvent.Undecoded},
   * so that whoever watches the flow of media misses nothing. A source without pictures decodes its
   * sound all the same; so does one whose key pictures do not come.
   */
  KEY_PICTURES
}
