package io.aircheck.core.fold;

/**
 * A value that is no record, and has one that says all of it: where states of folds are written as
 * bytes, that record is, in its place.
 *
 * @param <R> the record
 */
public interface StandsFor<R extends Record & StandsFor.Form<?>> {
  /** What is written. */
  R form();

  /**
   * A record in the place of a value.
   *
   * @param <T> the value
   */
  interface Form<T> {
    /** The value, which is equal to that whose form this is. */
    T value();
  }
}
