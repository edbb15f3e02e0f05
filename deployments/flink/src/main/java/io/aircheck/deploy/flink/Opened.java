package io.aircheck.deploy.flink;

import org.jspecify.annotations.Nullable;

/** What functions have only between being opened and being closed. */
public final class Opened {
  private Opened() {}

  /**
   * The same.
   *
   * @throws IllegalStateException when it is not there
   */
  public static <T> T nonNull(@Nullable T thing) {
    if (thing == null) {
      throw new IllegalStateException("not opened");
    }
    return thing;
  }
}
