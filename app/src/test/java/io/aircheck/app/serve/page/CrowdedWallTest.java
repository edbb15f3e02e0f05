package io.aircheck.app.serve.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The wall with two hundred streams stays fluid. Times are of the browser's own clock; the bounds
 * are those of the documentation; a round that is slower is tried again, since other work of the
 * machine only adds.
 */
@Tag("slow")
class CrowdedWallTest {
  private static final int STREAMS = 200;
  private static final int ROUNDS = 15;
  private static final double FIRST_PAINT_MILLIS = 1000;
  private static final double INTERACTION_MILLIS = 100;

  /** Time from an input until the frame after it is drawn. */
  private static final String TIMED =
      """
      (action) => new Promise((resolve) => {
        const begin = performance.now();
        eval(action);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begin)));
      })""";

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
    assertThat(page.locator(".tile")).hasCount(STREAMS);
    return page;
  }

  @Test
  void firstPaint_twoHundredStreams_isWithinASecond() {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= FIRST_PAINT_MILLIS; round++) {
      Page page = chromium.page(1920, 1080, ColorScheme.DARK);
      page.addInitScript(
          """
          new MutationObserver((_, observer) => {
            if (document.querySelectorAll('.tile').length > 0) {
              observer.disconnect();
              requestAnimationFrame(() => requestAnimationFrame(() => { window.tilesPainted = performance.now(); }));
            }
          }).observe(document, {childList: true, subtree: true});""");
      page.navigate(service.address() + "/");
      page.waitForFunction("() => window.tilesPainted !== undefined");
      least = Math.min(least, ((Number) page.evaluate("() => window.tilesPainted")).doubleValue());
      page.context().close();
    }
    report("first paint of the wall", least);
    assertThat(least).isLessThan(FIRST_PAINT_MILLIS);
  }

  @Test
  void interactions_twoHundredStreams_areAnsweredAtOnce() {
    Page page = wall();
    String field = "document.querySelector('input[type=search]')";
    Map<String, List<String>> actions =
        Map.of(
            "search", List.of(typed(field, "09"), typed(field, "")),
            "problems only", List.of(key("p"), key("p")),
            "label",
                List.of(
                    "document.querySelector('.labels .button').click()",
                    "document.querySelector('.labels .button').click()"),
            "next tile", List.of(key("j"), key("ArrowDown")));
    actions.forEach(
        (name, steps) -> {
          double least = Double.MAX_VALUE;
          for (int round = 0; round < ROUNDS && least >= INTERACTION_MILLIS; round++) {
            double worst = 0;
            for (String step : steps) {
              worst = Math.max(worst, ((Number) page.evaluate(TIMED, step)).doubleValue());
            }
            least = Math.min(least, worst);
          }
          report(name, least);
          assertThat(least).as(name).isLessThan(INTERACTION_MILLIS);
        });
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
        }""");
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      service.tells(random.nextInt(STREAMS));
    }
    service.breaks(150);
    // The one that broke is now the first, though it was among the last.
    assertThat(page.locator(".tile").first()).hasAttribute("data-stream", "channel-150");
    assertThat(page.locator(".tile").first()).hasAttribute("data-level", "error");
    double longest = ((Number) page.evaluate("() => window.longest")).doubleValue();
    report("longest task while streams change", longest);
    Chromium.picture(page, "page-wall-crowded");
    assertThat(longest).isLessThan(INTERACTION_MILLIS);
  }

  @Test
  void thumbnails_tilesOutOfSight_areNotFetched() {
    Page page = wall();
    page.waitForFunction("() => document.querySelectorAll('img.shown').length > 20");
    int seen = ((Number) page.evaluate("() => document.querySelectorAll('img.shown').length")).intValue();
    assertThat(seen).isLessThan(STREAMS / 2);
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)");
    page.waitForFunction("() => [...document.querySelectorAll('.tile')].at(-1).querySelector('img.shown') !== null");
    assertThat(service.pictures()).isGreaterThan(seen);
  }

  @Test
  void focus_tileThatMoves_keepsIt() {
    Page page = wall();
    page.evaluate("() => document.querySelector('[data-stream=channel-42]').focus()");
    service.breaks(42);
    assertThat(page.locator(".tile").first()).hasAttribute("data-stream", "channel-42");
    assertThat(page.evaluate("() => document.activeElement.dataset.stream")).isEqualTo("channel-42");
  }

  private static String typed(String field, String text) {
    return "%s.value = '%s'; %s.dispatchEvent(new InputEvent('input', {bubbles: true}))"
        .formatted(field, text, field);
  }

  private static String key(String key) {
    return "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}))"
        .formatted(key);
  }

  private static void report(String what, double millis) {
    System.out.printf("%s: %.0f ms%n", what, millis);
  }
}
