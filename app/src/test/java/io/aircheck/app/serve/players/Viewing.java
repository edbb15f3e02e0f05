package io.aircheck.app.serve.players;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Somebody who watches with a real player in a tab of his own. Two tell about him: {@code
 * aircheck.js}, and the player by itself. Used by the thread of the browser.
 */
final class Viewing {
  private static final double PATIENCE_MILLIS = 30_000;

  private final String name;
  private final Page page;
  private final List<String> sent = new ArrayList<>();

  /** When nothing moved for want of data: milliseconds since the epoch. */
  record Stall(long from, long to) {
    long millis() {
      return to - from;
    }
  }

  /**
   * What became of him, as his page saw it; milliseconds.
   *
   * @param startup from being asked to play to the first movement
   * @param stalls whatever stood still, in their order
   */
  record Truth(long startup, long paused, List<Stall> stalls) {
    private static final long BREAK_MILLIS = 1000;

    /** What the test did. */
    List<Stall> breaks() {
      return stalls.stream().filter(stall -> stall.millis() >= BREAK_MILLIS).toList();
    }

    long brokenMillis() {
      return breaks().stream().mapToLong(Stall::millis).sum();
    }

    /** What the machine did. */
    long hiccupMillis() {
      return stalls.stream().mapToLong(Stall::millis).sum() - brokenMillis();
    }
  }

  /**
   * What remains of one who has left.
   *
   * @param session that aircheck.js had made up
   * @param ownSession that the player was told to use in its own reports
   * @param story what the element and the player said, and what was sent: to look for causes in
   */
  record Left(String name, String session, String ownSession, Truth truth, String story) {}

  /**
   * Opens his page, which loads the media.
   *
   * @param name tells viewings apart
   * @param player as the page knows it
   * @param file of the ladder
   * @param prompt whether it is to be played at once, rather than when he asks for it
   */
  Viewing(
      Page page, BreakableStage stage, String name, String player, String file, boolean prompt) {
    this.name = name;
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onRequest(this::note);
    page.navigate(
        stage.origin()
            + "/viewing.html?player=%s&content=%s&own=%s&address=%s%s"
                .formatted(
                    player,
                    name,
                    ownSession(),
                    URLEncoder.encode(BreakableStage.address(name, file), StandardCharsets.UTF_8),
                    prompt ? "&prompt" : ""));
  }

  private void note(Request request) {
    if (request.method().equals("POST")) {
      sent.add(String.valueOf(request.postData()).strip());
    }
  }

  String name() {
    return name;
  }

  private String ownSession() {
    return "own-" + name;
  }

  /** Waits until it could be played at once; video.js loads nothing live before it is played. */
  void awaitLoaded() {
    await("video.readyState > 2 || !!player.tech", 0);
  }

  void play() {
    page.evaluate("play()");
  }

  void pause() {
    page.evaluate("video.pause()");
  }

  void pass(int millis) {
    page.evaluate("millis => until(millis)", millis);
  }

  /** What is shown from now on counts for {@link #awaitShown}. */
  void mark() {
    page.evaluate("() => { window.mark = truth.played; }");
  }

  /** Waits until so much of the programme has been shown since the mark. */
  void awaitShown(double seconds) {
    await("seconds => truth.played - mark > seconds * 1000", seconds);
  }

  /** Waits until nothing has moved for so long. */
  void awaitStanding(int millis) {
    await("millis => truth.standing > millis", millis);
  }

  /** Waits until the player has told an error. */
  void awaitError() {
    await("seen.some(one => /error|failed/.test(one))", 0);
  }

  private void await(String wish, double argument) {
    try {
      page.waitForFunction(wish, argument);
    } catch (TimeoutError e) {
      throw new AssertionError("never " + wish + ": " + story(), e);
    }
  }

  private Truth truth() {
    if (page.evaluate("truth") instanceof Map<?, ?> truth
        && truth.get("stalls") instanceof List<?> stalls) {
      return new Truth(
          millis(truth, "startup"),
          millis(truth, "paused"),
          stalls.stream()
              .map(Map.class::cast)
              .map(stall -> new Stall(millis(stall, "from"), millis(stall, "to")))
              .toList());
    }
    throw new IllegalStateException("the page measures nothing");
  }

  private static long millis(Map<?, ?> truth, String what) {
    return truth.get(what) instanceof Number number ? Math.round(number.doubleValue()) : -1;
  }

  private String story() {
    return name + "\n" + page.evaluate("seen.join('\\n')") + "\n" + String.join("\n", sent);
  }

  /** Closes the tab, as a viewer does: the page is told that it goes. */
  Left leave() {
    await("session", 0);
    Left left =
        new Left(name, String.valueOf(page.evaluate("session")), ownSession(), truth(), story());
    page.close(new Page.CloseOptions().setRunBeforeUnload(true));
    return left;
  }
}
