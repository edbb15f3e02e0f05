package io.aircheck.app.serve.players;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.options.ColorScheme;
import io.aircheck.app.demo.PlayableLadder;
import io.aircheck.app.demo.PlayableLadder.Packaging;
import io.aircheck.app.serve.RunningService;
import io.aircheck.app.serve.page.Chromium;
import io.aircheck.app.serve.players.BreakableStage.Delivery;
import io.aircheck.app.serve.players.Viewing.Left;
import io.aircheck.app.serve.players.Viewing.Span;
import io.aircheck.app.serve.players.Viewing.Truth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real players play the demo's live ladder, and an element by itself a film, while the delivery is
 * broken: what the service then knows of their viewers is what their pages saw.
 */
@Tag("slow")
@Tag("alone")
final class RealPlayersTest {
  private static final long PRECISION_MILLIS = 250;

  /** In a story, whose lines say when and where in the media something happened. */
  private static final Pattern JUMP =
      Pattern.compile("element playing\\n\\d+ -?\\d+ element seeking");

  private static final Offset<Long> PRECISION = within(PRECISION_MILLIS);

  /** A plain element, without a player. */
  private static final String ELEMENT = "video";

  private static final String FILM = "film.mp4";
  private static final int FILM_SECONDS = 60;

  @TempDir Path folder;

  /** Players that play side by side: as many as two cores can do. */
  private enum Billing {
    HLS(Packaging.HLS),
    DASH(Packaging.DASH),

    /** They tell nothing by themselves. */
    SILENT(Packaging.HLS);

    private final Packaging packaging;

    Billing(Packaging packaging) {
      this.packaging = packaging;
    }

    private List<String> players() {
      return switch (this) {
        case HLS -> List.of("hls.js", "shaka");
        case DASH -> List.of("dash.js", "shaka");
        case SILENT -> List.of("video.js", ELEMENT);
      };
    }

    private String media(String player) {
      return player.equals(ELEMENT) ? "film" : packaging.name();
    }

    private String file(String player) {
      if (player.equals(ELEMENT)) {
        return FILM;
      }
      // Shaka's transmuxer now and then fails where it changes to another rendition.
      return this == HLS && player.equals("shaka") ? "360p/index.m3u8" : packaging.manifest();
    }
  }

  @ParameterizedTest
  @EnumSource(Billing.class)
  void deliveryThatBreaks_isToldToAQuarterOfASecond(Billing billing) throws Exception {
    PlayerPackages.require();
    Path media = Files.createDirectories(folder.resolve("media"));
    if (billing.players().contains(ELEMENT)) {
      Film.write(media.resolve(FILM), FILM_SECONDS);
    }
    try (Chromium chromium =
            Chromium.orSkip(List.of("--autoplay-policy=no-user-gesture-required"));
        PlayableLadder ladder = new PlayableLadder(media, billing.packaging);
        RunningService service = new RunningService(folder, "viewers: {enabled: true}\n");
        BreakableStage stage = new BreakableStage(media, service.address())) {
      SoftAssertions told = new SoftAssertions();
      Run run = new Run(billing, chromium, service, stage, told, new ArrayList<>());
      run.interrupted();
      run.impatient();
      run.disappointed();
      Files.write(Path.of("target", "players-%s.md".formatted(billing)), run.numbers());
      told.assertAll();
      assertThat(ladder.isAlive()).as("the ladder was on air all the time").isTrue();
      assertThat(service.faults()).isEmpty();
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  /** Viewings of one ladder, most of them at the same time. */
  private record Run(
      Billing billing,
      Chromium chromium,
      RunningService service,
      BreakableStage stage,
      SoftAssertions told,
      List<String> numbers) {

    private List<Viewing> open(String what, Delivery delivery, boolean prompt) {
      return billing.players().stream()
          .map(player -> open(player, what, delivery, prompt))
          .toList();
    }

    private Viewing open(String player, String what, Delivery delivery, boolean prompt) {
      String name = String.join("-", player, billing.media(player), what);
      stage.deliver(name, delivery);
      return new Viewing(
          chromium.page(400, 300, ColorScheme.DARK),
          stage,
          name,
          player,
          billing.file(player),
          prompt);
    }

    private void deliver(List<Viewing> viewings, Delivery delivery) {
      viewings.forEach(viewing -> stage.deliver(viewing.name(), delivery));
    }

    /**
     * Some have to wait for the beginning, and for what is held back later; others find everything
     * there, press the button, see requests fail, and pause.
     */
    void interrupted() throws Exception {
      List<Viewing> slow = open("slow", Delivery.HELD, true);
      slow.getLast().pass(1000);
      deliver(slow, Delivery.SOUND);
      List<Viewing> ready = open("ready", Delivery.SOUND, false);
      ready.forEach(Viewing::awaitLoaded);
      ready.getLast().pass(1000);
      ready.forEach(Viewing::play);
      List<Viewing> all = Stream.concat(slow.stream(), ready.stream()).toList();
      awaitShown(all, 2);
      deliver(slow, Delivery.HELD);
      deliver(ready, Delivery.REFUSED);
      all.forEach(viewing -> viewing.awaitStanding(1500));
      deliver(all, Delivery.SOUND);
      awaitShown(all, 2);
      ready.forEach(Viewing::pause);
      ready.getLast().pass(1000);
      ready.forEach(Viewing::play);
      awaitShown(all, 2.5);
      List<Left> prompt = leave(slow);
      List<Left> asked = leave(ready);
      for (Left left : prompt) {
        compare(left, true);
      }
      for (Left left : asked) {
        compare(left, false);
      }
    }

    private static void awaitShown(List<Viewing> viewings, double seconds) {
      viewings.forEach(Viewing::mark);
      viewings.forEach(viewing -> viewing.awaitShown(seconds));
    }

    private static List<Left> leave(List<Viewing> viewings) {
      return viewings.stream().map(Viewing::leave).toList();
    }

    private void compare(Left left, boolean prompt) throws Exception {
      Truth truth = left.truth();
      String story = left.story();
      ToldSession script = ToldSession.await(service, left.session(), ToldSession::ended);
      told.assertThat(truth.breaks()).as("broken once: %s", story).hasSize(1);
      told.assertThat(script.json().path("ended").asText()).as(story).isEqualTo("quit");
      told.assertThat(script.sum("views")).as(story).isEqualTo(1);
      told.assertThat(script.sum("startups")).as(story).isEqualTo(1);
      told.assertThat(script.sum("startupMillis"))
          .as("start-up by the script: %s", story)
          .isCloseTo(truth.startup(), PRECISION);
      stalls(script, truth, story);
      told.assertThat(script.sum("pausedMillis"))
          .as("pause: %s", story)
          .isBetween(truth.paused() - 2 * PRECISION_MILLIS, truth.paused() + PRECISION_MILLIS);
      told.assertThat(playedMillis(left))
          .as("played: %s", story)
          .isBetween(
              truth.played() - PRECISION_MILLIS,
              truth.played() + truth.hiccupMillis() + PRECISION_MILLIS);
      told.assertThat(left.sent())
          .as("sent as shown: %s", story)
          .startsWith(left.shown().toArray(String[]::new));
      told.assertThat(script.sum("playbackFailures")).as(story).isZero();
      told.assertThat(script.sum("lost")).as(story).isZero();
      told.assertThat(script.json().path("attributes").path("playerVersion").asText())
          .as(story)
          .matches(left.name().startsWith(ELEMENT + "-") ? "" : PlayerPackages.VERSIONS);
      timeline(left.session(), truth, story);
      Optional<ToldSession> own =
          billing == Billing.SILENT
              ? Optional.empty()
              : Optional.of(own(left.ownSession(), truth, prompt, story));
      numbers.add(
          "| %s | %d | %d | %s | %d | %d | %s |"
              .formatted(
                  left.name(),
                  truth.startup(),
                  script.sum("startupMillis"),
                  number(own, "startupMillis"),
                  truth.brokenMillis(),
                  script.sum("stalledMillis"),
                  number(own, "stalledMillis")));
    }

    private static String number(Optional<ToldSession> session, String measure) {
      return session.map(told -> Long.toString(told.sum(measure))).orElse("–");
    }

    /** What stood still for a moment because the machine is busy may be told or not. */
    private void stalls(ToldSession session, Truth truth, String story) {
      String id = session.json().path("id").asText();
      told.assertThat(session.sum("stalls")).as("stalls of %s: %s", id, story).isPositive();
      told.assertThat(session.sum("stalledMillis"))
          .as("stall of %s: %s", id, story)
          .isBetween(
              truth.brokenMillis() - PRECISION_MILLIS,
              truth.brokenMillis() + truth.hiccupMillis() + PRECISION_MILLIS);
      // A player may jump forward in a moment in which it plays again already.
      told.assertThat(session.sum("seeks"))
          .as("jumps of %s: %s", id, story)
          .isLessThanOrEqualTo(Math.max(story.startsWith("shaka") ? 1 : 0, jumps(story)));
    }

    /** How often the element jumped while it played. */
    private static long jumps(String story) {
      return JUMP.matcher(story).results().count();
    }

    private void timeline(String session, Truth truth, String story) throws Exception {
      Span longest =
          ToldSession.spans(service, session, "stalled").stream()
              .max(Comparator.comparingLong(Span::millis))
              .orElse(new Span(0, 0));
      for (Span stall : truth.breaks()) {
        told.assertThat(longest.from())
            .as("beginning of the stall: %s", story)
            .isCloseTo(stall.from(), PRECISION);
        told.assertThat(longest.to())
            .as("end of the stall: %s", story)
            .isCloseTo(stall.to(), PRECISION);
      }
    }

    /** As the service knows it, up to when the page knows it. */
    private long playedMillis(Left left) throws Exception {
      return ToldSession.spans(service, left.session(), "playing").stream()
          .mapToLong(span -> span.before(left.truth().until()).millis())
          .sum();
    }

    /** What the player told by itself, as far as it does: see docs/viewers/collect.md. */
    private ToldSession own(String session, Truth truth, boolean prompt, String story)
        throws Exception {
      boolean tellsStates = !session.contains("shaka");
      ToldSession own =
          ToldSession.await(
              service,
              session,
              now -> now.sum("playingMillis") > 0 && (now.sum("stalls") > 0 || !tellsStates));
      if (prompt || session.contains("hls.js")) {
        told.assertThat(own.sum("startupMillis"))
            .as("start-up by the player: %s", story)
            .isCloseTo(truth.startup(), PRECISION);
      }
      if (tellsStates) {
        stalls(own, truth, story);
      }
      return own;
    }

    /** Those who do not wait for the beginning. */
    void impatient() throws Exception {
      List<Viewing> viewings = open("leaves", Delivery.HELD, true);
      for (Left left : leave(viewings)) {
        ToldSession script = ToldSession.await(service, left.session(), ToldSession::ended);
        told.assertThat(script.json().path("ended").asText()).as(left.story()).isEqualTo("quit");
        told.assertThat(script.sum("exitsBeforeStart")).as(left.story()).isEqualTo(1);
        told.assertThat(script.sum("startFailures")).as(left.story()).isZero();
      }
    }

    /** Those for whom there is nothing. Shaka tells it to whoever called it, and to nobody else. */
    void disappointed() throws Exception {
      List<Viewing> viewings = open("fails", Delivery.MISSING, true);
      viewings.forEach(Viewing::awaitError);
      for (Left left : leave(viewings)) {
        ToldSession script = ToldSession.await(service, left.session(), ToldSession::ended);
        boolean hears = !left.name().startsWith("shaka");
        told.assertThat(script.sum("startFailures")).as(left.story()).isEqualTo(hears ? 1 : 0);
        told.assertThat(script.sum("exitsBeforeStart")).as(left.story()).isEqualTo(hears ? 0 : 1);
      }
    }
  }
}
