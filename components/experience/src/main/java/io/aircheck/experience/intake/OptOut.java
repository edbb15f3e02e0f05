package io.aircheck.experience.intake;

/**
 * Which signals of viewers stop their reports from being kept.
 *
 * @param globalPrivacyControl whether {@code Sec-GPC: 1} does
 * @param doNotTrack whether {@code DNT: 1} does
 */
public record OptOut(boolean globalPrivacyControl, boolean doNotTrack) {
  /** Global Privacy Control is honoured, which laws know; DNT was given up by its authors. */
  public static final OptOut DEFAULT = new OptOut(true, false);

  /** Whether reports of a sender may not be kept. */
  public boolean isOut(Sender sender) {
    return globalPrivacyControl && "1".equals(sender.globalPrivacyControl())
        || doNotTrack && "1".equals(sender.doNotTrack());
  }
}
