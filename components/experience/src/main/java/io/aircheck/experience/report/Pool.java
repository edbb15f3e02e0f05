package io.aircheck.experience.report;

/**
 * Gives equal values one instance, as far as it remembers them, so that a million sessions do not
 * hold a million copies of a country. Forgets a value when another falls on its place; bounded.
 *
 * <p>Any number of threads: values are immutable, and the worst of a race is a second copy.
 */
public final class Pool<T> {
  private final Object[] slots;

  /**
   * An empty pool.
   *
   * @param size number of values remembered, a power of two
   */
  public Pool(int size) {
    slots = new Object[size];
  }

  /** The instance that is shared by all that are equal to a value. */
  @SuppressWarnings("unchecked") // only values of this type are put in
  public T shared(T value) {
    int hash = value.hashCode();
    int at = (hash ^ (hash >>> 16)) & (slots.length - 1);
    Object known = slots[at];
    if (value.equals(known)) {
      return (T) known;
    }
    slots[at] = value;
    return value;
  }
}
