package io.aircheck.notify.message;

/** Texts within the limits of those who take them. */
public final class Shorten {
  private Shorten() {}

  /** A text of no more than so many UTF-16 units; what was cut off shows as an ellipsis. */
  public static String to(int max, String text) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - 1;
    // Never between the halves of a character.
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
