package io.aircheck.app.serve.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.aircheck.app.demo.FaultyLadder;
import io.aircheck.app.serve.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a viewer meets it, in a real browser, at a real service with a real live stream. */
@Tag("slow")
class WebPageTest {
  /** From the beginning of a defect to its incident there are seconds; machines are slow, too. */
  private static final double PATIENCE_MILLIS = 90_000;

  /** What Playwright has for everybody. */
  private static final double USUAL_MILLIS = 5_000;

  @TempDir private Path folder;

  private Chromium chromium;

  // Only some tests start them; what is not there is null.
  @SuppressWarnings("NullAway")
  private RunningService service;

  @SuppressWarnings("NullAway")
  private FaultyLadder ladder;

  @BeforeEach
  @SuppressWarnings("NullAway.Init")
  void start() {
    chromium = Chromium.orSkip();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void stop() {
    PlaywrightAssertions.setDefaultAssertionTimeout(USUAL_MILLIS);
    if (service != null) {
      service.close();
    }
    if (ladder != null) {
      ladder.close();
    }
    if (chromium != null) {
      List<String> complaints = chromium.complaints();
      chromium.close();
      assertThat(complaints).isEmpty();
    }
    if (service != null) {
      assertThat(service.faults()).isEmpty();
    }
  }

  private Page open(String path) {
    Page page = chromium.page(1280, 900, ColorScheme.DARK);
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.navigate(service.address() + path);
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void newViewer_addsAStream_seesItsIncidentWithEvidenceAndActsOnIt() throws Exception {
    service = new RunningService(folder, "");
    ladder = new FaultyLadder(Files.createDirectories(folder.resolve("ladder")));
    Page page = open("/");
    assertThat(page.getByText("No stream is watched yet")).isVisible();
    Chromium.picture(page, "page-empty");

    page.keyboard().press("a");
    page.locator("input[name=url]").fill(ladder.address());
    // What was found is shown before anything is saved.
    page.locator(".found img").waitFor();
    assertThat(page.locator(".found")).containsText("live, hls");
    assertThat(page.locator(".found input[name=rendition]")).hasCount(2);
    page.locator("input[name=name]").fill("Landscapes");
    page.locator("input[name=labels]").fill("cdn=north, origin=a");
    Chromium.picture(page, "page-add");
    button(page, "Watch it").click();

    page.locator("h1").getByText("Landscapes").waitFor();
    page.locator(".rendition img.shown").first().waitFor();
    assertThat(page.locator(".rendition")).hasCount(2);
    Locator row =
        page.locator(".incidents a")
            .filter(new Locator.FilterOptions().setHasText("video.black"))
            .first();
    row.waitFor();
    page.locator(".chart canvas").first().waitFor();
    page.setViewportSize(1280, 1500);
    Chromium.picture(page, "page-stream");
    page.setViewportSize(1280, 900);

    row.click();
    page.locator(".pictures img").first().waitFor();
    page.locator("video.clip").waitFor();
    page.waitForFunction("() => document.querySelector('video.clip').readyState >= 2");
    double seconds =
        ((Number) page.evaluate("() => document.querySelector('video.clip').duration"))
            .doubleValue();
    assertThat(seconds).isBetween(5.0, 40.0);
    page.locator("#curves canvas").first().waitFor();
    assertThat(page.locator(".channel").first()).containsText("operations");
    page.keyboard().press("n");
    page.locator("textarea").fill("The encoder was restarted.");
    page.locator("input[name=by]").fill("Ada");
    button(page, "Note it").click();
    page.locator(".log").getByText("The encoder was restarted.").waitFor();
    page.locator("dialog")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    if (button(page, "Acknowledge").isVisible()) {
      page.keyboard().press("a");
      page.getByText("acknowledged by Ada").first().waitFor();
    }
    Chromium.picture(page, "page-incident");

    page.navigate(service.address() + "/incidents?kind=video.black");
    page.locator(".incidents a").first().waitFor();
    Chromium.picture(page, "page-incidents");
    page.locator("select").first().selectOption("closed");
    page.waitForURL("**/incidents?*state=closed*");

    watch(page, "Landscapes, small", ladder.address().replace("master", "180p/index"));
    watch(page, "News", ladder.address().replace("master", "nothing"));
    page.navigate(service.address() + "/");
    // What cannot be had is the first on the wall, but for some seconds while the others are black.
    Locator first = page.locator(".tile").first();
    assertThat(first).containsText("News");
    assertThat(first).hasAttribute("data-level", "error");
    assertThat(page.locator("img.shown")).hasCount(2);
    Chromium.picture(page, "page-wall");
    narrow();
  }

  private void watch(Page page, String name, String url) {
    Map<String, Object> stream = Map.of("name", name, "url", url, "labels", Map.of("cdn", "south"));
    assertThat(
            page.request()
                .post(service.address() + "/v1/streams", RequestOptions.create().setData(stream))
                .status())
        .isEqualTo(201);
  }

  /** On a phone nothing is wider than the screen. */
  private void narrow() throws Exception {
    Page phone = chromium.page(360, 740, ColorScheme.LIGHT);
    for (String path : List.of("/", "/incidents", "/viewers", "/checks", "/settings")) {
      phone.navigate(service.address() + path);
      phone.waitForFunction("() => document.querySelector('main > div')?.children.length > 0");
      assertThat(phone.evaluate("() => document.documentElement.scrollWidth"))
          .as(path)
          .isEqualTo(360);
    }
    phone.navigate(service.address() + "/");
    phone.locator("img.shown").first().waitFor();
    Chromium.picture(phone, "page-phone");
  }

  @Test
  void token_neededAndWrong_isAskedForUntilItIsKnown() throws Exception {
    service =
        new RunningService(
            folder, "tokens: [{name: ada, role: operator, token: 0123456789abcdef}]\n");
    Page page = open("/");
    page.locator("input[name=token]").fill("another-token-of-mine");
    button(page, "Go on").click();
    page.getByText("The service does not know this token.").waitFor();
    page.locator("input[name=token]").fill("0123456789abcdef");
    button(page, "Go on").click();
    assertThat(page.getByText("No stream is watched yet")).isVisible();
    // Events come by the cookie, which scripts of other sites never send.
    page.locator(".link.good").waitFor();
    assertThat(page.context().cookies().getFirst().sameSite.name()).isEqualTo("STRICT");
  }

  @Test
  void settings_channel_isTriedFromThePage() throws Exception {
    service = new RunningService(folder, "");
    Page page = open("/settings");
    button(page, "Send a test").click();
    page.getByText("Delivered", new Page.GetByTextOptions().setExact(true)).waitFor();
    page.getByText("video.freeze").first().waitFor();
    Chromium.picture(page, "page-settings");
  }

  @Test
  void stream_editedAndMuted_keepsItsSecretsAndSaysThatNobodyIsTold() throws Exception {
    service = new RunningService(folder, "");
    Page page = open("/");
    watch(page, "News", "http://127.0.0.1:1/news.m3u8?token=s3cret");
    page.navigate(service.address() + "/streams/news");
    page.locator("h1").getByText("News").waitFor();

    button(page, "Edit").click();
    page.locator("input[name=name]").fill("Late news");
    page.locator("input[name=labels]").fill("origin=a");
    button(page, "Save").click();
    page.locator("h1").getByText("Late news").waitFor();
    assertThat(page.locator(".head .chip")).containsText("origin=a");
    assertThat(page.locator(".head .chip")).hasCount(1);
    assertThat(service.urlOf("news")).endsWith("?token=s3cret");

    button(page, "Mute").click();
    page.locator("input[name=reason]").fill("works at the encoder");
    button(page, "Mute it").click();
    page.getByText("works at the encoder").waitFor();
    page.navigate(service.address() + "/settings");
    page.getByText("works at the encoder").waitFor();
    button(page, "End it now").click();
    page.getByText("Mute a stream on its page").waitFor();
  }

  @Test
  void connection_lost_isSaid() throws Exception {
    service = new RunningService(folder, "");
    Page page = open("/");
    page.locator(".link.good").waitFor();
    service.close();
    page.getByText("The connection to the service is lost").first().waitFor();
  }
}
