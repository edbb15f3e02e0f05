package io.aircheck.app.serve.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/**
 * When a viewer sees what: times that the browser itself takes, up to the frame being presented,
 * and not those of scripts, which end before it is drawn.
 */
final class WallTimes {
  /**
   * Names of tiles are marked as they come, so that the browser tells when each was drawn (Element
   * Timing); Event Timing tells how long it was from an input to the frame that answers it.
   */
  private static final String WATCH =
      """
      window.drawn = new Map();
      window.answered = [];
      new MutationObserver(() => {
        for (const name of document.querySelectorAll('.tile .name:not([elementtiming])')) {
          name.setAttribute('elementtiming', 'name');
        }
      }).observe(document, {childList: true, subtree: true});
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) drawn.set(entry.element, entry.renderTime);
      }).observe({type: 'element', buffered: true});
      new PerformanceObserver((list) => answered.push(...list.getEntries()))
        .observe({type: 'event', durationThreshold: 16});
      window.inSight = () => [...document.querySelectorAll('.tile .name')]
        .filter((name) => name.checkVisibility() && name.getBoundingClientRect().top < innerHeight);\
      """;

  /** The browser tells nothing of an answer that takes less than this. */
  private static final double LEAST_MILLIS = 16;

  /** A frame that answers comes sooner than this, or there is none to be told of. */
  private static final double ANSWER_TIMEOUT_MILLIS = 1000;

  private final Page page;
  private final CDPSession session;

  /**
   * An answer to an input.
   *
   * @param drawnMillis until the frame that shows it, as the browser measures it, to 8 ms
   * @param busyMillis processor time of the page's thread for it
   */
  record Answer(double drawnMillis, double busyMillis) {}

  private WallTimes(Page page) {
    this.page = page;
    session = page.context().newCDPSession(page);
    JsonObject domain = new JsonObject();
    domain.addProperty("timeDomain", "threadTicks");
    session.send("Performance.enable", domain);
  }

  /** Watches whatever the page opens from now on. */
  static WallTimes watch(Page page) {
    page.addInitScript(WATCH);
    return new WallTimes(page);
  }

  /** From the start of the navigation until anything was drawn (First Contentful Paint). */
  double firstPaintMillis() {
    return number("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
  }

  /** From the start of the navigation until all tiles in sight were drawn; waits for them. */
  double tilesMillis() {
    page.waitForFunction(
        """
        () => document.querySelector('.wall')?.getBoundingClientRect().bottom > innerHeight
          && inSight().every((name) => drawn.has(name))\
        """);
    return number("() => Math.max(...inSight().map((name) => drawn.get(name)))");
  }

  /** Waits until the tiles in sight have their pictures. */
  void awaitPictures() {
    page.waitForFunction(
        "() => inSight().every((name) => name.closest('.tile').querySelector('img.shown'))");
  }

  /** Gives an input to a page that is at rest, and waits for its answer. */
  Answer answer(Runnable input) {
    page.evaluate(
        """
        () => new Promise((resolve) => {
          let count = -1;
          let same = 0;
          const look = () => {
            const now = document.querySelectorAll('.wall > li:not([hidden])').length;
            same = now === count ? same + 1 : 0;
            count = now;
            if (same < 15) requestAnimationFrame(look);
            else {
              answered.length = 0;
              resolve();
            }
          };
          look();
        })\
        """);
    double before = busyMillis();
    input.run();
    Object longest =
        page.evaluate(
            """
            (timeout) => new Promise((resolve) => {
              const begin = performance.now();
              const look = () => {
                const longest = Math.max(0, ...answered.map((entry) => entry.duration));
                if (longest > 0 || performance.now() - begin > timeout) resolve(longest);
                else requestAnimationFrame(look);
              };
              requestAnimationFrame(() => requestAnimationFrame(look));
            })\
            """,
            ANSWER_TIMEOUT_MILLIS);
    return new Answer(
        Math.max(LEAST_MILLIS, ((Number) longest).doubleValue()), busyMillis() - before);
  }

  private double busyMillis() {
    for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
        return metric.getAsJsonObject().get("value").getAsDouble() * 1000;
      }
    }
    throw new IllegalStateException("the browser does not tell its task duration");
  }

  private double number(String script) {
    return ((Number) page.evaluate(script)).doubleValue();
  }
}
