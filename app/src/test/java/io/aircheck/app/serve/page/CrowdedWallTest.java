package io.aircheck.app.serve.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
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
 * The wall with two hundred streams stays fluid. A round that is slower than the bound is tried
 * again, since other work of the machine only adds; interactions are held to the processor time of
 * the page's thread, which other work changes little.
 */
@Tag("slow")
class CrowdedWallTest {
  private static final int STREAMS = 200;
  private static final int ROUNDS = 5;

  // The goals are a second and a tenth of one; docs/benchmarks.md has what was measured. On a
  // machine that does other things as well a test can only hold that it is not several times that.
  private static final double FIRST_PAINT_MILLIS = 4000;
  private static final double INTERACTION_MILLIS = 400;

  /** Time from an input until the frame after it is drawn. */
  private static final String TIMED =
      """
      (action) => new Promise((resolve) => {
        const begin = performance.now();
        eval(action);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begin)));
      })\
      """;

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
  void firstPaint_twoHundredStreams_isSoon() {
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
          }).observe(document, {childList: true, subtree: true});\
          """);
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
    CDPSession session = page.context().newCDPSession(page);
    JsonObject domain = new JsonObject();
    domain.addProperty("timeDomain", "threadTicks");
    session.send("Performance.enable", domain);
    actions.forEach(
        (name, steps) -> {
          double least = Double.MAX_VALUE;
          for (int round = 0; round < ROUNDS && least >= INTERACTION_MILLIS; round++) {
            double worst = 0;
            for (String step : steps) {
              double before = busyMillis(session);
              double waited = ((Number) page.evaluate(TIMED, step)).doubleValue();
              double busy = busyMillis(session) - before;
              report("%s, until it is drawn %.0f ms, thereof busy".formatted(name, waited), busy);
              worst = Math.max(worst, busy);
            }
            least = Math.min(least, worst);
          }
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
        }\
        """);
    Random random = new Random(1);
    double longest = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS && longest >= INTERACTION_MILLIS; round++) {
      page.evaluate("() => { window.longest = 0; }");
      for (int i = 0; i < 300; i++) {
        service.tells(random.nextInt(STREAMS));
      }
      int broken = 150 + round;
      service.breaks(broken);
      // The one that broke is now the first, though it was among the last.
      assertThat(page.locator(".tile").first()).hasAttribute("data-stream", "channel-" + broken);
      longest = Math.min(longest, ((Number) page.evaluate("() => window.longest")).doubleValue());
    }
    assertThat(page.locator(".tile").first()).hasAttribute("data-level", "error");
    report("longest task while streams change", longest);
    Chromium.picture(page, "page-wall-crowded");
    assertThat(longest).isLessThan(INTERACTION_MILLIS);
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
  void focus_tileThatMoves_keepsIt() {
    Page page = wall();
    page.evaluate("() => document.querySelector('[data-stream=channel-42]').focus()");
    service.breaks(42);
    assertThat(page.locator(".tile").first()).hasAttribute("data-stream", "channel-42");
    assertThat(page.evaluate("() => document.activeElement.dataset.stream"))
        .isEqualTo("channel-42");
  }

  /**
   * Processor time of the page's thread: what it would wait for on a machine with nothing else to
   * do.
   */
  private static double busyMillis(CDPSession session) {
    for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
        return metric.getAsJsonObject().get("value").getAsDouble() * 1000;
      }
    }
    throw new IllegalStateException("the browser does not tell its task duration");
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
