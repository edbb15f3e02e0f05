package io.aircheck.app.serve.viewers;

import java.util.Locale;

/** Why a whole body was not looked at. */
public enum Refusal {
  /** Its sender sends too much, or all together do. */
  TOO_MANY,
  /** It is longer than is taken. */
  TOO_LARGE,
  /** It is of no type that is understood. */
  UNSUPPORTED,
  /** It comes from a page that may not report here. */
  ORIGIN,
  /** It could not be written. */
  UNAVAILABLE;

  /** Its name in interfaces. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
