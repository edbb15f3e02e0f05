package io.aircheck.app.serve.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium; what its pages complain about is kept. Used by one thread. */
public final class Chromium implements AutoCloseable {
  /** Set to a folder, or to nothing for docs/images, when pictures of the pages are wanted. */
  private static final String PICTURES = "aircheck.pictures";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it, or skips the test where there is none. */
  public static Chromium orSkip() {
    return orSkip(List.of());
  }

  /**
   * Starts it, or skips the test where there is none.
   *
   * @param more arguments of its command line
   */
  public static Chromium orSkip(List<String> more) {
    return orSkip(more, List.of());
  }

  /**
   * Starts it such that tabs in the background have slow timers, as for everybody, or skips the
   * test where there is none.
   *
   * @param more arguments of its command line
   */
  public static Chromium throttlingOrSkip(List<String> more) {
    return orSkip(more, List.of("--disable-background-timer-throttling"));
  }

  private static Chromium orSkip(List<String> more, List<String> without) {
    Optional<Path> program = find();
    Assumptions.assumeTrue(
        program.isPresent(),
        "no Chromium is installed: the web page is not tested; install the package chromium");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    // Its own sandbox does not work for root, who runs tests in containers.
    List<String> arguments = new ArrayList<>(more);
    if (System.getProperty("user.name").equals("root")) {
      arguments.add("--no-sandbox");
    }
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program.get())
                    .setArgs(arguments)
                    .setIgnoreDefaultArgs(without)));
  }

  private static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A page in a session of its own, without motion. */
  public Page page(int width, int height, ColorScheme colors) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(colors)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB"));
    Page page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // A picture that is not there yet, a token that is refused: answers like any other.
          if (message.type().equals("error")
              && !message.text().startsWith("Failed to load resource")) {
            complaints.add(message.text());
          }
        });
    return page;
  }

  /** A window of which one tab is seen at a time; pages of {@link #page} always are. */
  public BrowserWindow window() {
    return new BrowserWindow(browser.newBrowserCDPSession());
  }

  /** What scripts of the pages failed with, and what the content security policy refused. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Keeps a picture of a page for the documentation, if that is asked for. */
  static void picture(Page page, String name) throws IOException {
    String folder = System.getProperty(PICTURES);
    if (folder == null) {
      return;
    }
    Path place = Path.of(folder.isEmpty() ? "../docs/images" : folder);
    Files.createDirectories(place);
    page.screenshot(new Page.ScreenshotOptions().setPath(place.resolve(name + ".png")));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
