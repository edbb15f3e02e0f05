package io.aircheck.core.media;

/** How much of what a source receives is decoded. Everything is received and read either way. */
public enum Decoding {
  /** Every picture and all sound. */
  FULL,

  /**
   * All sound, and the pictures that need no others. The rest is told as {@link
   * MediaEvent.Undecoded}, so that whoever watches the flow of media misses nothing, and the latest
   * of it may be decoded later, see {@link MediaEvent.Late}. Where key pictures do not come,
   * everything is decoded.
   */
  KEY_PICTURES
}
