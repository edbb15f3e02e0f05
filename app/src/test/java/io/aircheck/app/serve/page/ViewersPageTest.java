package io.aircheck.app.serve.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.aircheck.app.demo.FaultyLadder;
import io.aircheck.app.serve.RunningService;
import io.aircheck.app.serve.viewers.ArchivedPast;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the page shows of viewers, in a real browser, at a real service with a simulated audience.
 */
@Tag("slow")
class ViewersPageTest {
  /** An alert is told when its windows are complete, on a machine that does other things too. */
  private static final double PATIENCE_MILLIS = 120_000;

  /** What Playwright has for everybody. */
  private static final double USUAL_MILLIS = 5_000;

  @TempDir private Path folder;

  private Chromium chromium;

  @BeforeEach
  @SuppressWarnings("NullAway.Init")
  void start() {
    chromium = Chromium.orSkip();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void stop() {
    PlaywrightAssertions.setDefaultAssertionTimeout(USUAL_MILLIS);
    if (chromium != null) {
      List<String> complaints = chromium.complaints();
      chromium.close();
      assertThat(complaints).isEmpty();
    }
  }

  private Page open(String address) {
    Page page = chromium.page(1280, 900, ColorScheme.DARK);
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.navigate(address);
    return page;
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  @Test
  void audience_isExploredDownToOneViewer_andJoinedWithTheMonitor() throws Exception {
    try (WatchedService service = new WatchedService(folder)) {
      Page page = open(service.address() + "/viewers");
      explore(page);
      session(page, service);
      incidentOfViewers(page, service);
      defect(page, service);
      stream(page, service);
      wall(page, service);
      picture(page, service);
      narrow(service);
      assertThat(service.faults()).isEmpty();
    }
  }

  private static void explore(Page page) throws Exception {
    Locator figures = page.locator(".figures .card");
    assertThat(figures).hasCount(8);
    assertThat(figures.filter(new Locator.FilterOptions().setHasText("Rebuffering")))
        .containsText("usual");
    Locator table = page.locator(".breakdown tbody");
    assertThat(table.locator("tr")).hasCount(3);
    page.locator(".chart canvas").first().waitFor();
    assertThat(page.locator(".legend").getByText("usual").first()).isVisible();

    // The definition is beside the number, and says what it is made of.
    Locator rebuffering =
        page.locator(".figures .card")
            .filter(new Locator.FilterOptions().setHasText("Rebuffering"));
    rebuffering.locator("summary").click();
    assertThat(rebuffering).containsText("stalledMillis / watchedMillis");

    button(table, "Compare cdn-a").click();
    button(table, "Compare cdn-b").click();
    Locator compared = page.locator("section[aria-label=Comparison]");
    assertThat(compared.locator("thead")).containsText("CDN cdn-b");
    assertThat(compared).containsText("×");
    assertThat(page.locator(".chart .legend").first()).containsText("CDN cdn-b");
    page.waitForURL("**/viewers?*compare=cdn%3Dcdn-b*");

    button(table, "cdn-b").first().click();
    page.waitForURL("**/viewers?where=cdn%3Dcdn-b*");
    assertThat(page.locator(".filter")).containsText("cdn-b");
    // A view of the page can be passed on.
    page.reload();
    assertThat(page.locator(".filter")).containsText("cdn-b");
    page.keyboard().press("Escape");
    assertThat(page.locator(".filter")).hasCount(0);

    String csv =
        page.locator("section[aria-label='Break down'] a[href*='format=csv']").getAttribute("href");
    APIResponse answer = page.request().get(page.evaluate("() => location.origin") + csv);
    assertThat(answer.headers().get("content-type")).startsWith("text/csv");
    assertThat(answer.text()).startsWith("part,").contains("rebufferingPercent");
  }

  private static void session(Page page, WatchedService service) throws Exception {
    page.locator("details.card > summary").getByText("Single viewers").click();
    page.locator(".table tr:has-text('news') a[href^='/viewers/session?']").first().click();
    page.locator(".lanes rect.playing").first().waitFor();
    assertThat(page.locator(".lanes rect.stalled").first()).isVisible();
    assertThat(page.locator(".chart canvas")).not().hasCount(0);
    page.setViewportSize(1280, 1150);
    Chromium.picture(page, "page-session");
    page.setViewportSize(1280, 900);
    page.locator("summary").getByText("The time line as a list").click();
    assertThat(page.locator(".spans li").first()).isVisible();

    page.navigate(service.address() + "/viewers/sessions/nobody");
    assertThat(page.getByText("Nothing is kept of this session")).isVisible();
  }

  private static void incidentOfViewers(Page page, WatchedService service) throws Exception {
    page.navigate(service.address() + "/incidents?kind=experience.rebuffering_percent");
    Locator row = page.locator(".incidents a:has(strong:has-text('Viewers: '))").first();
    row.waitFor();
    assertThat(page.locator(".incidents")).not().containsText(Pattern.compile("viewers:\\w+"));
    row.click();
    assertThat(page.locator("h1"))
        .containsText(Pattern.compile("Rebuffering .* % instead of .* %"));
    Locator monitor = page.locator("section[aria-label=Monitor]");
    assertThat(monitor).containsText(Pattern.compile("Evening news|no stream shows it"));
    page.locator("#curves canvas").first().waitFor();
    Chromium.picture(page, "page-incident-viewers");
    page.locator("h1 + div a").click();
    page.waitForURL("**/viewers*");
  }

  private static void defect(Page page, WatchedService service) throws Exception {
    // An evaluated promise is waited for; one that a condition returns would count as true at once.
    String shown =
        (String)
            page.evaluate(
                """
                async () => {
                  const until = Date.now() + 120_000;
                  while (Date.now() < until) {
                    const {items} = await (await fetch('/v1/incidents?kind=video.black')).json();
                    const shown = items.find((one) => one.viewers?.viewers > 10);
                    if (shown) {
                      return shown.id;
                    }
                    await new Promise((done) => setTimeout(done, 250));
                  }
                  throw new Error('nobody was shown what was found');
                }\
                """);
    page.navigate(service.address() + "/incidents/" + shown);
    assertThat(page.locator("section[aria-label=Viewers]")).containsText("were shown it");
    page.locator("video.clip").waitFor();
    page.waitForFunction("() => document.querySelector('video.clip').readyState >= 2");
    Chromium.picture(page, "page-incident-shown");
  }

  private static void stream(Page page, WatchedService service) {
    page.navigate(service.address() + "/streams/evening-news");
    page.locator(".audience-charts canvas").first().waitFor();
    assertThat(page.locator(".audience-charts .chart")).hasCount(4);
  }

  private static void wall(Page page, WatchedService service) {
    page.navigate(service.address() + "/");
    assertThat(page.locator(".audience")).hasText(Pattern.compile("\\d+ viewers"));
  }

  private static void picture(Page page, WatchedService service) throws Exception {
    page.setViewportSize(1280, 1550);
    page.navigate(service.address() + "/viewers");
    page.locator(".incidents a").first().waitFor();
    page.locator(".chart canvas").first().waitFor();
    Chromium.picture(page, "page-viewers");
  }

  /** On a phone nothing is wider than the screen, nor on anything between it and a desk. */
  private void narrow(WatchedService service) throws Exception {
    Page phone = chromium.page(360, 740, ColorScheme.LIGHT);
    phone.setDefaultTimeout(PATIENCE_MILLIS);
    Map<String, String> seen =
        Map.of(
            "/viewers?compare=cdn%3Dcdn-a&compare=cdn%3Dcdn-b", ".chart canvas",
            "/viewers/kept", ".table",
            "/streams/evening-news", ".audience-charts canvas");
    for (Map.Entry<String, String> view : seen.entrySet()) {
      phone.setViewportSize(360, 740);
      phone.navigate(service.address() + view.getKey());
      phone.locator(view.getValue()).first().waitFor();
      for (int width : new int[] {360, 680, 800, 890, 1000, 1100}) {
        phone.setViewportSize(width, 740);
        // Charts follow in the next frame.
        phone.waitForFunction("width => document.documentElement.scrollWidth === width", width);
      }
    }
  }

  /** Who watched yesterday, beside the day before, with the sessions as a file. */
  @Test
  void past_isExploredComparedAndExported() throws Exception {
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    ArchivedPast.leave(folder, hour.minus(Duration.ofHours(44)).toEpochMilli());
    ArchivedPast.leave(folder, hour.minus(Duration.ofHours(20)).toEpochMilli());
    try (FaultyLadder ladder = new FaultyLadder(Files.createDirectories(folder.resolve("ladder")));
        RunningService service =
            new RunningService(
                folder,
                """
                viewers: {enabled: true}
                streams:
                  - {id: evening, name: Evening, url: "%s", labels: {content: channel-0}}
                """
                    .formatted(ladder.address().replace("master", "180p/index")))) {
      Page page = open(service.address() + "/viewers");
      button(page.locator("[aria-label=Range]"), "1 day").click();
      page.waitForURL("**/viewers?*seconds=86400*");
      assertThat(page.locator(".breakdown tbody tr")).hasCount(2);
      page.locator(".chart canvas").first().waitFor();
      Chromium.picture(page, "past-dark");

      String parquet =
          page.locator("section[aria-label='Break down'] a[href*='.parquet']").getAttribute("href");
      APIResponse file = page.request().get(service.address() + parquet);
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.headers().get("content-type")).isEqualTo("application/vnd.apache.parquet");

      page.locator("select:has(option[value=week])").selectOption("day");
      page.waitForURL("**/viewers?*before=day*");
      Locator compared = page.locator("section[aria-label=Comparison]");
      assertThat(compared.locator("thead")).containsText("a day before");
      assertThat(compared).containsText("× 1");
      assertThat(page.locator(".chart .legend").first()).containsText("a day before");
      page.setViewportSize(1280, 1550);
      Chromium.picture(page, "past-compared");
      button(page.locator("[aria-label=Range]"), "10 min").click();
      assertThat(compared.locator("thead")).containsText("latest");
      button(page.locator("[aria-label=Range]"), "7 days").click();
      assertThat(page.locator(".breakdown tbody tr")).hasCount(2);

      page.navigate(service.address() + "/streams/evening");
      button(page.locator("#charts [aria-label=Range]"), "24 h").click();
      page.locator(".audience-charts canvas").first().waitFor();
      Chromium.picture(page, "past-stream");
      pastOnAPhone(service);
      assertThat(service.faults()).isEmpty();
    }
  }

  private void pastOnAPhone(RunningService service) throws Exception {
    Page phone = chromium.page(360, 740, ColorScheme.LIGHT);
    phone.setDefaultTimeout(PATIENCE_MILLIS);
    phone.navigate(service.address() + "/viewers?seconds=86400&before=day");
    phone.locator(".chart canvas").first().waitFor();
    assertThat(phone.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(360);
    Chromium.picture(phone, "past-narrow");
    phone.navigate(service.address() + "/viewers/kept");
    phone.locator(".table").first().waitFor();
    assertThat(phone.locator(".table").first()).containsText("30 days");
    assertThat(phone.locator(".table").first()).containsText("90 days");
    assertThat(phone.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(360);
    phone.setViewportSize(1280, 1100);
    Chromium.picture(phone, "kept-light");
  }

  @Test
  void nothingIsKnown_saysWhatToDo() throws Exception {
    try (RunningService off = new RunningService(folder, "")) {
      Page page = open(off.address() + "/viewers");
      assertThat(page.getByText("Viewers are not collected")).isVisible();
      assertThat(page.locator("pre")).containsText("enabled: true");
      page.navigate(off.address() + "/");
      page.locator(".link.good").waitFor();
      page.keyboard().press("3");
      page.waitForURL("**/viewers");
    }
    Path other = Files.createDirectories(folder.resolve("on"));
    try (RunningService on = new RunningService(other, "viewers: {enabled: true}\n")) {
      Page page = open(on.address() + "/viewers");
      assertThat(page.getByText("No player has reported yet")).isVisible();
      assertThat(page.locator("pre").first()).containsText(on.address() + "/aircheck.js");
      page.getByText("What is kept of viewers").click();
      assertThat(page.getByText("Neither the address of a viewer")).isVisible();
      assertThat(page.locator("table")).containsText("30 min after their end");
    }
  }
}
