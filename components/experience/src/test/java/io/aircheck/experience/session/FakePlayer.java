package io.aircheck.experience.session;

import io.aircheck.experience.report.FactsBuilder;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.util.Map;

/** Reports of one player. Moments are milliseconds from the beginning of its session. */
final class FakePlayer {
  /** When sessions begin, by the clock of the service: on a window of 10 s. */
  static final long START = 1_800_000_000_000L;

  private final String session;
  private long skewMillis;
  private long delayMillis = 100;
  private long sequence;
  private boolean numbered = true;
  private String content = "channel-1";
  private Map<String, String> attributes = Map.of("cdn", "north", "country", "DE");

  FakePlayer(String session) {
    this.session = session;
  }

  /** Its clock is ahead by so much. */
  FakePlayer skew(long millis) {
    skewMillis = millis;
    return this;
  }

  /** Its reports take so long. */
  FakePlayer delay(long millis) {
    delayMillis = millis;
    return this;
  }

  FakePlayer unnumbered() {
    numbered = false;
    return this;
  }

  /** The next report has this number. */
  FakePlayer sequence(long next) {
    sequence = next;
    return this;
  }

  /** Reports are lost. */
  FakePlayer lose(int reports) {
    sequence += reports;
    return this;
  }

  FakePlayer content(String id) {
    content = id;
    return this;
  }

  FakePlayer attributes(Map<String, String> told) {
    attributes = told;
    return this;
  }

  ViewerReport says(long millis, PlayerState state) {
    return says(millis, Facts.facts().state(state));
  }

  ViewerReport says(long millis, FactsBuilder facts) {
    return new ViewerReport(
        session,
        "event",
        numbered ? sequence++ : -1,
        START + millis + skewMillis,
        START + millis + delayMillis,
        facts.content(content).build(),
        attributes);
  }
}
