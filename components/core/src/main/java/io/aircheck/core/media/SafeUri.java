package io.aircheck.core.media;

import java.util.regex.Pattern;

/** Takes the secrets out of addresses before they reach a log, a report or an error. */
public final class SafeUri {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@?#]+@");

  /** Names are bounded, so that a hostile address takes no time that grows with its square. */
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)([?&;](?:[a-z0-9_.-]{0,100}(?:key|token|secret|pass(?:word|phrase)?|sig(?:nature)?|auth"
              + "|credential|hdnts|hdnea|policy|jwt)[a-z0-9_.-]{0,100})=)[^&#;]*");

  private SafeUri() {}

  /**
   * The address with user info removed and the values of parameters that carry keys, tokens or
   * signatures replaced by {@code ***}. Anything that is not an address comes back unchanged.
   */
  public static String redact(String uri) {
    String withoutUser = USER_INFO.matcher(uri).replaceAll("");
    return SECRET_PARAMETER.matcher(withoutUser).replaceAll("$1***");
  }
}
