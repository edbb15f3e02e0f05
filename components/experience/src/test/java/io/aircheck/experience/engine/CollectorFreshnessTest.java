package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.intake.Sender;
import io.aircheck.testkit.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes from a report until it can be asked for. */
class CollectorFreshnessTest {
  private static final Sender SOMEBODY = new Sender("203.0.113.7", null, null, null);

  @TempDir private Path folder;

  /** Of windows of ten seconds, with ticks at any time of a second. */
  @Test
  void reported_isInTheCubeWithinTwelveSecondsAsARule() throws Exception {
    FakeClock clock = new FakeClock();
    clock.advance(Duration.ofDays(20_000));
    RunningCollector process = new RunningCollector(folder, clock);
    int viewers = 250;
    Map<String, Long> reportedMillis = new TreeMap<>();
    Map<String, Long> seenMillis = new TreeMap<>();
    for (long millis = 0; millis < 200_000; millis += 100) {
      if (millis % 700 == 0 && reportedMillis.size() < viewers) {
        String session = "viewer " + reportedMillis.size();
        process.take(
            SOMEBODY,
            "{\"session\":\"%s\",\"time\":%d,\"state\":\"playing\",\"content\":\"%s\"}"
                .formatted(session, clock.millis() - 100, session));
        reportedMillis.put(session, clock.millis());
      }
      if (millis % 1_000 == millis / 20_000 * 100) {
        process.collector.tick();
        for (String content : process.sums("content").keySet()) {
          seenMillis.putIfAbsent(content, clock.millis());
        }
      }
      clock.advance(Duration.ofMillis(100));
    }

    process.journal.close();
    List<Long> after =
        reportedMillis.entrySet().stream()
            .map(
                entry -> seenMillis.getOrDefault(entry.getKey(), Long.MAX_VALUE) - entry.getValue())
            .sorted()
            .toList();
    assertThat(after).hasSize(viewers);
    assertThat(after.get(viewers * 95 / 100)).isLessThanOrEqualTo(12_000);
    assertThat(after.getLast()).isLessThanOrEqualTo(13_000);
  }
}
