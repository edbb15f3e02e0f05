package io.aircheck.app.serve.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.aircheck.app.serve.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wall with two hundred streams is there within a second, and answers within a tenth of one.
 * {@code -Daircheck.rounds=10} is the measurement of the benchmarks.
 */
@Tag("slow")
@Tag("alone")
class CrowdedWallTest {
  private static final int STREAMS = 200;

  // The goals are a second until the wall is seen and 100 ms until an input is answered;
  // docs/benchmarks.md has what was measured against them. Where tests run, others may have the
  // processor for most of the time. Time until something is drawn includes waiting for it, and is
  // only held to be not far from the goal; what the page needs of the processor grows by a third or
  // so when caches are shared.
  private static final double FIRST_PAINT_MILLIS = 2000;
  private static final double ANSWER_MILLIS = 400;
  private static final double BUSY_MILLIS = 150;

  /** A page that others keep from the processor is there in the end. */
  private static final double PATIENCE_MILLIS = 30_000;

  @TempDir private Path folder;

  private Chromium chromium;
  private CrowdedService service;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.orSkip();
    service = new CrowdedService(STREAMS);
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  private Page wall() {
    Page page = chromium.page(1920, 1080, ColorScheme.DARK);
    page.navigate(service.address() + "/");
    awaitTiles(page);
    return page;
  }

  private static void awaitTiles(Page page) {
    assertThat(page.locator(".tile"))
        .hasCount(STREAMS, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
  }

  @Test
  void firstPaint_newBrowser_isSoon() throws Exception {
    Timings timings = Timings.of(round -> measureFirstPaint(round, service.address()));

    assertThat(timings.missed()).isEmpty();
  }

  @Test
  void firstPaint_newServiceAndNewBrowser_isSoon() throws Exception {
    StringBuilder streams = new StringBuilder("streams:\n");
    for (int i = 0; i < STREAMS; i++) {
      streams.append(
          "  - {id: channel-%d, url: \"http://127.0.0.1:9/%d.m3u8\", labels: {cdn: north},"
                  .formatted(i, i)
              + " schedule: {from: 2100-01-01T00:00:00Z, to: 2100-01-02T00:00:00Z}}\n");
    }
    AtomicInteger services = new AtomicInteger();
    Timings timings =
        Timings.of(
            round -> {
              Path own = folder.resolve("service-" + services.getAndIncrement());
              Files.createDirectories(own);
              try (RunningService running = new RunningService(own, streams.toString())) {
                measureFirstPaint(round, running.address());
              }
            });

    assertThat(timings.missed()).isEmpty();
  }

  /** Opens the wall in a browser that has not shown anything yet. */
  private static void measureFirstPaint(Timings timings, String address) {
    try (Chromium fresh = Chromium.orSkip()) {
      Page page = fresh.page(1920, 1080, ColorScheme.DARK);
      WallTimes times = WallTimes.watch(page);
      page.navigate(address + "/");
      double tiles = times.tilesMillis();
      timings.add("first paint", times.firstPaintMillis(), FIRST_PAINT_MILLIS);
      timings.add("tiles in sight", tiles, FIRST_PAINT_MILLIS);
    }
  }

  @Test
  void interactions_twoHundredStreams_areAnsweredAtOnce() throws Exception {
    Page page = chromium.page(1920, 1080, ColorScheme.DARK);
    WallTimes times = WallTimes.watch(page);
    page.navigate(service.address() + "/");
    Keyboard keys = page.keyboard();
    awaitTiles(page);
    BoundingBox label = page.locator(".labels .button").first().boundingBox();
    Runnable onLabel = () -> page.mouse().click(label.x + 5, label.y + 5);
    Map<String, Runnable> inputs = new LinkedHashMap<>();
    inputs.put("problems only", () -> keys.press("p"));
    inputs.put("all again", () -> keys.press("p"));
    inputs.put("label", onLabel);
    inputs.put("label no more", onLabel);
    inputs.put("next tile", () -> keys.press("j"));
    inputs.put("tile below", () -> keys.press("ArrowDown"));
    inputs.put("last tile", () -> keys.press("End"));
    inputs.put("first tile", () -> keys.press("Home"));
    inputs.put("colours", () -> keys.press("t"));
    inputs.put("to the search", () -> keys.press("/"));
    inputs.put("first letter", () -> keys.press("0"));
    inputs.put("second letter", () -> keys.press("9"));
    inputs.put("one letter less", () -> keys.press("Backspace"));
    inputs.put("no letter", () -> keys.press("Backspace"));
    inputs.put("out of the search", () -> keys.press("Escape"));
    inputs.put("to a stream", () -> page.locator(".tile").first().click());
    inputs.put("back to the wall", () -> keys.press("1"));
    Timings timings =
        Timings.of(
            round -> {
              awaitTiles(page);
              times.awaitPictures();
              inputs.forEach(
                  (name, input) -> {
                    WallTimes.Answer answer = times.answer(input);
                    round.add(name + ", drawn", answer.drawnMillis(), ANSWER_MILLIS);
                    round.add(name + ", busy", answer.busyMillis(), BUSY_MILLIS);
                  });
            });

    assertThat(timings.missed()).isEmpty();
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void changes_manyStreamsAtOnce_blockThePageForLessThanAnInteraction() throws Exception {
    Page page = wall();
    page.evaluate(
        """
        () => {
          window.longest = 0;
          new PerformanceObserver((list) => {
            for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
          }).observe({type: 'longtask'});
        }\
        """);
    Random random = new Random(1);
    AtomicInteger broken = new AtomicInteger(150);
    Timings timings =
        Timings.of(
            round -> {
              page.evaluate("() => { window.longest = 0; }");
              for (int i = 0; i < 300; i++) {
                service.tells(random.nextInt(STREAMS));
              }
              service.breaks(broken.incrementAndGet());
              // The one that broke is now the first, though it was among the last.
              Locator first = page.locator(".tile").first();
              assertThat(first).hasAttribute("data-stream", "channel-" + broken);
              assertThat(first).hasAttribute("data-level", "error");
              round.add(
                  "longest task while streams change",
                  ((Number) page.evaluate("() => window.longest")).doubleValue(),
                  ANSWER_MILLIS);
            });

    Chromium.picture(page, "page-wall-crowded");
    assertThat(timings.missed()).isEmpty();
  }

  @Test
  void thumbnails_tilesOutOfSight_areNotFetched() {
    Page page = wall();
    page.waitForFunction("() => document.querySelectorAll('img.shown').length > 20");
    int seen =
        ((Number) page.evaluate("() => document.querySelectorAll('img.shown').length")).intValue();
    assertThat(seen).isLessThan(STREAMS / 2);
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)");
    page.waitForFunction(
        "() => [...document.querySelectorAll('.tile')].at(-1).querySelector('img.shown') !== null");
    assertThat(service.pictures()).isGreaterThan(seen);
  }

  @Test
  void search_tilesThatAreHidden_areOutOfReach() {
    Page page = wall();
    page.locator("input[type=search]").fill("Channel 007");

    assertThat(page.getByRole(AriaRole.LISTITEM)).hasCount(1);
    assertThat(page.locator("[data-stream=channel-7]")).isVisible();
    assertThat(page.locator("[data-stream=channel-8]")).isHidden();
    // From the last label on, there is one tile to come to.
    page.locator(".labels .button").last().focus();
    page.keyboard().press("Tab");
    assertThat(page.evaluate("() => document.activeElement.dataset.stream")).isEqualTo("channel-7");
    page.keyboard().press("Tab");
    assertThat(page.evaluate("() => document.activeElement.dataset.stream")).isNull();
    assertThat(page.evaluate("() => document.documentElement.scrollHeight <= innerHeight"))
        .isEqualTo(true);
  }

  @Test
  void focus_tileThatMoves_keepsIt() {
    Page page = wall();
    page.evaluate("() => document.querySelector('[data-stream=channel-42]').focus()");
    service.breaks(42);
    assertThat(page.locator(".tile").first()).hasAttribute("data-stream", "channel-42");
    assertThat(page.evaluate("() => document.activeElement.dataset.stream"))
        .isEqualTo("channel-42");
  }
}
