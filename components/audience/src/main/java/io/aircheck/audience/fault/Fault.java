package io.aircheck.audience.fault;

/**
 * Something that goes wrong for a part of an audience. Times are milliseconds since the audience
 * began; those of faults of a stream are when its origin has what is wrong.
 */
public sealed interface Fault permits TimedFault, SwitchedFault {
  /** What goes wrong. */
  FaultKind kind();

  /** Who is hit. */
  Whom whom();

  /** How strongly, in the sense of the effect of its kind; above 0. */
  double strength();

  /** Whether it lasts at a moment. */
  boolean lasts(long millis);

  /**
   * When it begins or ends next, or may do so as far as is known.
   *
   * @return later than the moment; {@link Long#MAX_VALUE}: it does not
   */
  long changesAfter(long millis);
}
