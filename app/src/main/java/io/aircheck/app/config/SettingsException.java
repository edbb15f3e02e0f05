package io.aircheck.app.config;

/**
 * Settings that cannot be used. The message is one line that says what is wrong and what to do,
 * without secrets and without the place.
 */
public final class SettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String pointer;

  /**
   * @param pointer JSON pointer (RFC 6901) to what is wrong; empty for the settings as a whole
   */
  public SettingsException(String pointer, String message) {
    super(message);
    this.pointer = pointer;
  }

  /** JSON pointer (RFC 6901) to what is wrong. */
  public String pointer() {
    return pointer;
  }

  /** The same, seen from further out. */
  public SettingsException within(String outerPointer) {
    SettingsException outer =
        new SettingsException(outerPointer + pointer, String.valueOf(getMessage()));
    outer.initCause(this);
    return outer;
  }
}
