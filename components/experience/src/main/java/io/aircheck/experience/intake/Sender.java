package io.aircheck.experience.intake;

import org.jspecify.annotations.Nullable;

/**
 * What a request says of who sent it. Lives as long as the request is read; {@link Arrivals} makes
 * of it what may be kept.
 *
 * @param address of the viewer, as a literal
 * @param userAgent header User-Agent
 * @param globalPrivacyControl header Sec-GPC
 * @param doNotTrack header DNT
 */
public record Sender(
    @Nullable String address,
    @Nullable String userAgent,
    @Nullable String globalPrivacyControl,
    @Nullable String doNotTrack) {

  /** Nobody in particular, so that no log shows who. */
  @Override
  public String toString() {
    return "Sender";
  }
}
