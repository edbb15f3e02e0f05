package io.aircheck.benchmarks;

import io.aircheck.core.fact.Fact;
import io.aircheck.core.fact.FactLayout;
import io.aircheck.core.fact.FactLayout.Column;
import io.aircheck.experience.archive.MinuteFacts;
import io.aircheck.experience.archive.SessionFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Made-up viewers: forty contents, three delivery networks, twenty countries and so on, some far
 * more frequent than others; every second view goes on in the next hour. Not thread-safe.
 */
final class SyntheticFacts {
  private static final long HOUR = 3_600_000;
  private static final long WINDOW = 10_000;
  private static final String CONTENT = "content";
  private static final String CDN = "cdn";
  private static final String COUNTRY = "country";
  private static final List<String> USUAL =
      List.of("rendition", "network", "device", "browser", "player", "playerVersion", "appVersion");

  private final Random random;
  private long session;

  SyntheticFacts(long seed) {
    random = new Random(seed);
  }

  /** Views of an hour. */
  List<Fact> sessions(long hour, int count) {
    List<Fact> facts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean goesOn = i % 2 == 1;
      Map<String, Object> cells = dimensions();
      long watched = 60_000 + random.nextInt(3_500_000);
      long windows = watched / WINDOW;
      long from = hour + random.nextInt((int) (HOUR - windows * WINDOW) / 10_000 + 1) * WINDOW;
      // Ids are hashes: without order, and most of them in two hours.
      cells.put("session", hash(goesOn ? session - count : session));
      session++;
      cells.put("view", 1L);
      cells.put("firstWindow", from);
      cells.put("lastWindow", from + windows * WINDOW);
      if (!goesOn) {
        cells.put("views", 1L);
        cells.put("plays", 1L);
        cells.put("startups", 1L);
        cells.put("startupMillis", 300L + random.nextInt(4000));
      } else {
        cells.put("ended", 1L);
        cells.put("startedAt", from - HOUR);
        cells.put("endedAt", from + watched);
        cells.put("endReason", random.nextBoolean() ? "quit" : "timeout");
      }
      measures(cells, watched, windows);
      facts.add(fact(hour, SessionFacts.LAYOUT, cells));
    }
    return facts;
  }

  /**
   * Cells of some minutes.
   *
   * @param perMinute about how many in each
   */
  List<Fact> minutes(long from, int minutes, int perMinute) {
    List<Fact> facts = new ArrayList<>(minutes * perMinute);
    for (int minute = 0; minute < minutes; minute++) {
      long time = from + minute * 60_000L;
      Map<String, Object> whole = new HashMap<>();
      whole.put("grouping", "(all)");
      whole.put("windows", 6L);
      measures(whole, 30_000_000, 3_000);
      facts.add(fact(time, MinuteFacts.LAYOUT, whole));
      for (int cell = 1; cell < perMinute; cell++) {
        Map<String, Object> all = dimensions();
        all.put("rendition", 240 * (1 + random.nextInt(5)) + "p");
        List<String> by =
            cell % 8 == 0
                ? List.of(CONTENT, CDN, COUNTRY)
                : List.of(CONTENT, USUAL.get(cell % USUAL.size()));
        Map<String, Object> cells = new HashMap<>();
        by.forEach(name -> cells.put(name, all.getOrDefault(name, "")));
        cells.put("grouping", String.join("+", by));
        long watched = 60_000 + random.nextInt(600_000);
        measures(cells, watched, watched / WINDOW);
        facts.add(fact(time, MinuteFacts.LAYOUT, cells));
      }
    }
    return facts;
  }

  private Map<String, Object> dimensions() {
    Map<String, Object> cells = new HashMap<>();
    cells.put(CONTENT, "channel-" + skewed(40));
    cells.put(CDN, List.of("north", "south", "west").get(skewed(3)));
    cells.put(COUNTRY, "C" + skewed(20));
    cells.put("network", "AS" + skewed(200));
    cells.put("device", List.of("phone", "desktop", "tv", "tablet").get(skewed(4)));
    cells.put("os", List.of("android", "windows", "ios", "tizen", "linux").get(skewed(5)));
    cells.put("browser", List.of("chrome", "safari", "firefox", "other").get(skewed(4)));
    cells.put("player", List.of("hls.js", "shaka", "dash.js").get(skewed(3)));
    cells.put("playerVersion", "1." + skewed(8));
    cells.put("appVersion", "7." + skewed(12));
    cells.put("format", "hls");
    return cells;
  }

  private int skewed(int values) {
    double share = random.nextDouble();
    return (int) (values * share * share);
  }

  private void measures(Map<String, Object> cells, long watched, long windows) {
    long stalled = random.nextInt(10) == 0 ? random.nextInt(20_000) : 0;
    long playing = watched - stalled;
    long kbps = 1500 + random.nextInt(4500);
    cells.put("viewers", windows);
    cells.put("watchedMillis", watched);
    cells.put("playingMillis", playing);
    cells.put("stalledMillis", stalled);
    cells.put("stalls", stalled == 0 ? 0L : 1 + stalled / 5_000);
    cells.put("mediaMillis", playing);
    cells.put("bitrateMillis", playing);
    cells.put("bits", playing * kbps);
    cells.put("ladderMillis", playing);
    cells.put("qualityMillis", playing * kbps / 6000);
    cells.put("switchesUp", (long) random.nextInt(4));
    cells.put("switchesDown", (long) random.nextInt(4));
    cells.put("latencyMillis", playing);
    cells.put("latencyArea", playing * (3000 + random.nextInt(5000)));
    cells.put("droppedFrames", (long) random.nextInt(100));
    cells.put("reports", windows);
  }

  private static long hash(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    return (mixed ^ (mixed >>> 27)) >>> 1;
  }

  private static Fact fact(long time, FactLayout layout, Map<String, Object> cells) {
    List<@Nullable Object> row = new ArrayList<>(layout.columns().size());
    for (Column column : layout.columns()) {
      Object empty =
          switch (column.kind()) {
            case SUM, NUMBER -> 0L;
            case LABELS -> Map.of();
            case TEXT, EARLIEST, LATEST, WORD -> null;
          };
      row.add(cells.getOrDefault(column.name(), empty));
    }
    return new Fact(time, row);
  }
}
