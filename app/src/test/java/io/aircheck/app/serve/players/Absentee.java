package io.aircheck.app.serve.players;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.serve.RunningService;
import io.aircheck.app.serve.page.BrowserWindow;
import io.aircheck.app.serve.players.Viewing.Span;
import java.io.IOException;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Somebody with two tabs. In one, which opens in the background, a film begins by itself; he looks
 * at it and away from it. Used by the thread of the browser.
 */
final class Absentee {
  private final String name;
  private final ToldTruths truths;
  private final BrowserWindow.Tab other;
  private final BrowserWindow.Tab tab;
  private JsonNode truth;
  private long firstLookMillis;
  private long lookMillis;
  private long awayMillis;
  private long hiddenMillis;

  /**
   * Opens both.
   *
   * @param name tells viewings apart
   * @param film of the stage
   */
  Absentee(BrowserWindow window, BreakableStage stage, String name, String film)
      throws InterruptedException {
    this.name = name;
    truths = stage.truths();
    other = window.open("about:blank");
    tab = window.openBehind(stage.page(name, "video", film, true) + "&telling");
    truth = truths.await(name, now -> !now.path("session").asText().isEmpty());
    awayMillis = truth.path("wished").asLong();
  }

  String name() {
    return name;
  }

  /** Waits until a number of what his page sees has grown by so many milliseconds. */
  void awaitMore(String what, long millis) throws InterruptedException {
    ToLongFunction<JsonNode> number = now -> now.path(what).asLong();
    long before = number.applyAsLong(truths.await(name, now -> true));
    truth = truths.await(name, now -> number.applyAsLong(now) >= before + millis);
  }

  void look() {
    tab.show();
    lookMillis = System.currentTimeMillis();
    hiddenMillis += lookMillis - awayMillis;
    firstLookMillis = firstLookMillis == 0 ? lookMillis : firstLookMillis;
  }

  void lookAway() {
    other.show();
    awayMillis = System.currentTimeMillis();
  }

  void leave() {
    tab.close();
  }

  /** From his first look to the first movement. */
  long startUpMillis() {
    return truth.path("begun").asLong() - firstLookMillis;
  }

  /** For how long he did not look. */
  long hiddenMillis() {
    return hiddenMillis;
  }

  /** From when he looked last until it moved. */
  long waitedMillis() {
    return stalls()
        .filter(stall -> stall.from() < lookMillis && stall.to() > lookMillis)
        .mapToLong(stall -> stall.to() - lookMillis)
        .sum();
  }

  /** How often it stood still while he looked, also for a moment because the machine is busy. */
  long stallsSeen() {
    return stalls().filter(stall -> seenMillis(stall) > 0).count();
  }

  /** For how long. */
  long stalledMillisSeen() {
    return stalls().mapToLong(this::seenMillis).sum();
  }

  private Stream<Span> stalls() {
    return truth
        .path("stalls")
        .valueStream()
        .map(stall -> new Span(stall.path("from").asLong(), stall.path("to").asLong()));
  }

  /** What of it was before he looked away, or after he looked again. */
  private long seenMillis(Span stall) {
    return stall.before(awayMillis).millis() + stall.millis() - stall.before(lookMillis).millis();
  }

  /** What the service knows of him after he has left. */
  ToldSession told(RunningService service) throws IOException, InterruptedException {
    return ToldSession.await(service, truth.path("session").asText(), ToldSession::ended);
  }
}
