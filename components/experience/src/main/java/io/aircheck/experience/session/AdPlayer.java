package io.aircheck.experience.session;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;

/**
 * Advertisements may have a player of their own in the session of the content: what it tells is not
 * of the view.
 */
final class AdPlayer {
  private AdPlayer() {}

  /**
   * A report without what it says of an advertisement. One that begins or ends an advertisement
   * tells the content of that; one of other content during advertisements is of their player, whose
   * end is not that of the view.
   *
   * @param ads where it finds the view in advertisements
   * @param content which content it tells
   */
  static ViewerReport ofView(ViewerReport report, Ads ads, ToldContent content) {
    Facts facts = report.facts();
    boolean marks = facts.ad() != null;
    if (!marks && !ads.any()) {
      return report;
    }
    if (content != ToldContent.OTHER) {
      return marks && facts.content() != null
          ? report.with(facts.but().content(null).build())
          : report;
    }
    PlayerState state = facts.state();
    return report.with(
        Facts.facts()
            .state(ads.any() && state != null && !state.isFinal() ? state : null)
            .adBreak(facts.adBreak())
            .ad(facts.ad())
            .background(facts.background())
            .errorCode(facts.errorCode())
            .delivery(facts.delivery())
            .build());
  }
}
