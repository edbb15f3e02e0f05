package io.aircheck.core.observe;

/**
 * What leaves a stream task: small, immutable, may cross process borders. Pictures and sound never
 * do.
 */
public sealed interface Observation {

  /** A condition held for its hold time: a finding begins. */
  record Opened(Finding finding) implements Observation {}

  /** An open finding changed its severity or message. */
  record Updated(Finding finding) implements Observation {}

  /** A finding is over, with its final times and measurements. */
  record Closed(Finding finding) implements Observation {}

  /** A short-lived signature of picture or sound, for comparing two points of one programme. */
  record Fingerprinted(Fingerprint fingerprint) implements Observation {}
}
