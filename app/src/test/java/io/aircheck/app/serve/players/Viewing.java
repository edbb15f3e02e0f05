package io.aircheck.app.serve.players;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
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

  /** From when to when something was so: milliseconds since the epoch. */
  record Span(long from, long to) {
    long millis() {
      return to - from;
    }

    /** What of it was before a moment. */
    Span before(long moment) {
      return new Span(Math.min(from, moment), Math.min(to, moment));
    }
  }

  /**
   * What became of him, as his page saw it; milliseconds.
   *
   * @param startup from being asked to play to the first movement
   * @param stalls whatever stood still for want of data, in their order
   * @param until up to when, since the epoch
   */
  record Truth(long startup, long played, long paused, List<Span> stalls, long until) {
    private static final long BREAK_MILLIS = 1000;

    /** What the test did. */
    List<Span> breaks() {
      return stalls.stream().filter(stall -> stall.millis() >= BREAK_MILLIS).toList();
    }

    long brokenMillis() {
      return breaks().stream().mapToLong(Span::millis).sum();
    }

    /** What the machine did. */
    long hiccupMillis() {
      return stalls.stream().mapToLong(Span::millis).sum() - brokenMillis();
    }
  }

  /**
   * What remains of one who has left.
   *
   * @param session that aircheck.js had made up
   * @param ownSession that the player was told to use in its own reports
   * @param shown what the operator was shown that aircheck.js sends, as far as he looked
   * @param sent what it sent
   * @param story what the element and the player said, and what was sent: to look for causes in
   */
  record Left(
      String name,
      String session,
      String ownSession,
      Truth truth,
      List<String> shown,
      List<String> sent,
      String story) {}

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
    page.navigate(stage.page(name, player, file, prompt));
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

  /** From now on it begins again whenever it has come to its end. */
  void repeat() {
    page.evaluate("() => { video.loop = true; }");
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
          millis(truth, "played"),
          millis(truth, "paused"),
          stalls.stream()
              .map(Map.class::cast)
              .map(stall -> new Span(millis(stall, "from"), millis(stall, "to")))
              .toList(),
          millis(truth, "until"));
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
    String session = String.valueOf(page.evaluate("session"));
    String story = story();
    Truth truth = truth();
    List<String> shown = List.of(String.valueOf(page.evaluate("shown.join('\\0')")).split("\0"));
    page.close(new Page.CloseOptions().setRunBeforeUnload(true));
    List<String> reports = sent.stream().filter(body -> body.contains(session)).toList();
    return new Left(name, session, ownSession(), truth, shown, reports, story);
  }
}
