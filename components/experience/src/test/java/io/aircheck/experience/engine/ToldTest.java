package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.feed.SessionFeed;
import io.aircheck.experience.feed.SessionNews;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When news of sessions are said to have become known. */
class ToldTest {
  private static final long END = Crowd.START + 900_000;

  private final SessionFeed feed = new SessionFeed(false, 1_000_000, 0);
  private final List<Told> all = new ArrayList<>();
  private final Audience audience =
      new Audience(
          new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession()),
          CubeSpec.lastHour(),
          10_000,
          news -> {
            feed.told(news);
            all.addAll(news);
          });

  /** Reports on their way for up to half a minute, so that their windows are over. */
  private static List<ViewerReport> late() {
    Random random = new Random(5);
    List<ViewerReport> reports = new ArrayList<>();
    for (ViewerReport report : Crowd.of(300, 4)) {
      reports.add(
          new ViewerReport(
              report.session(),
              report.channel(),
              report.sequence(),
              report.eventMillis(),
              report.receivedMillis() + random.nextInt(30_000),
              report.facts(),
              report.attributes()));
    }
    reports.sort(Comparator.comparingLong(ViewerReport::receivedMillis));
    return reports;
  }

  private void tickAndTake(List<ViewerReport> reports) {
    long at = Crowd.START;
    for (ViewerReport report : reports) {
      while (at < report.receivedMillis() - 1000) {
        at += 1000;
        audience.advance(at - 1000);
      }
      audience.take(List.of(report));
    }
    audience.advance(END);
  }

  private List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (SessionNews news : feed.take(1_000_000)) {
      ids.add(news.told().delta().session() + "~" + news.id());
    }
    return ids;
  }

  @Test
  void news_ofReportsThatCameLate_haveIdsOfTheirOwn() {
    tickAndTake(late());

    assertThat(ids()).hasSizeGreaterThan(1_000).doesNotHaveDuplicates();
  }

  @Test
  void news_ofASession_areInOrder() {
    tickAndTake(late());

    Map<String, Long> latest = new HashMap<>();
    for (Told told : all) {
      Long before = latest.put(told.delta().session(), told.atMillis());
      assertThat(told.atMillis()).isGreaterThanOrEqualTo(before == null ? 0 : before);
    }
  }

  @Test
  void news_readAgainInOneGo_areToldAtTheSameTimes() {
    List<ViewerReport> reports = late();
    tickAndTake(reports);
    ToldTest again = new ToldTest();
    again.audience.take(reports);
    again.audience.advance(END);

    assertThat(again.ids()).containsExactlyInAnyOrderElementsOf(ids());
  }

  @Test
  void news_ofReportsThatBecameKnownLater_areToldNoEarlier() {
    long knownMillis = END + 300_000;
    audience.take(late(), knownMillis);
    audience.advance(knownMillis + 1_000_000);

    assertThat(all).isNotEmpty().allMatch(told -> told.atMillis() >= knownMillis);
    assertThat(ids()).doesNotHaveDuplicates();
  }
}
