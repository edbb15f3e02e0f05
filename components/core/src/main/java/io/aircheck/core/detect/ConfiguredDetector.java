package io.aircheck.core.detect;

/**
 * A detector that was chosen, with checked options.
 *
 * @param factory makes it
 * @param options its options, defaults filled in
 * @param silent see {@link io.aircheck.core.deploy.DetectorChoice#silent}
 */
public record ConfiguredDetector(DetectorFactory factory, Options options, boolean silent) {

  /** One that tells what it finds. */
  public ConfiguredDetector(DetectorFactory factory, Options options) {
    this(factory, options, false);
  }

  /** A fresh instance for one stream. */
  public Detector create() {
    return factory.create(options);
  }

  /** Whether it knows where findings of others are to be expected. */
  public boolean excuses() {
    return create() instanceof ExcusingDetector;
  }
}
