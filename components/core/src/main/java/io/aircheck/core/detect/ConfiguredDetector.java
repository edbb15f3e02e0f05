package io.aircheck.core.detect;

/**
 * A detector that was chosen, with checked options.
 *
 * @param factory makes it
 * @param options its options, defaults filled in
 */
public record ConfiguredDetector(DetectorFactory factory, Options options) {

  /** A fresh instance for one stream. */
  public Detector create() {
    return factory.create(options);
  }
}
