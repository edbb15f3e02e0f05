package io.aircheck.app.serve.players;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.options.ColorScheme;
import io.aircheck.app.serve.RunningService;
import io.aircheck.app.serve.page.Chromium;
import io.aircheck.app.serve.players.BreakableStage.Delivery;
import io.aircheck.app.serve.players.Viewing.Left;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an element plays without a player, where more happens than in {@link RealPlayersTest}: the
 * viewer looks at other tabs, whose timers run once a second, or it plays over and over.
 */
@Tag("slow")
@Tag("alone")
@SuppressWarnings("NullAway.Init")
final class PlainVideoTest {
  private static final long PRECISION_MILLIS = 250;
  private static final Offset<Long> PRECISION = within(PRECISION_MILLIS);
  private static final String FILM = "film.mp4";

  @TempDir Path folder;
  private Path media;
  private Chromium chromium;
  private RunningService service;
  private BreakableStage stage;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.throttlingOrSkip(List.of("--autoplay-policy=no-user-gesture-required"));
    media = Files.createDirectories(folder.resolve("media"));
    service = new RunningService(folder, "viewers: {enabled: true}\n");
    stage = new BreakableStage(media, service.address());
  }

  @AfterEach
  void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (service != null) {
      stage.close();
      service.close();
      assertThat(service.faults()).isEmpty();
    }
  }

  @Test
  void whatHappensInTheBackground_isNeitherStartUpNorStall() throws Exception {
    Film.write(media.resolve(FILM), 30);
    Absentee lucky = new Absentee(chromium.window(), stage, "lucky", FILM);
    Absentee unlucky = new Absentee(chromium.window(), stage, "unlucky", FILM);
    Absentee indifferent = new Absentee(chromium.window(), stage, "indifferent", FILM);
    indifferent.awaitMore("until", 1000);
    indifferent.leave();
    lucky.look();
    unlucky.look();
    lucky.awaitMore("played", 1000);
    unlucky.awaitMore("played", 1000);
    lucky.lookAway();
    unlucky.lookAway();
    stage.deliver(lucky.name(), Delivery.HELD);
    stage.deliver(unlucky.name(), Delivery.HELD);
    lucky.awaitMore("standing", 1000);
    unlucky.awaitMore("standing", 1000);
    stage.deliver(lucky.name(), Delivery.SOUND);
    lucky.awaitMore("played", 500);
    lucky.look();
    unlucky.look();
    unlucky.awaitMore("standing", 1500);
    stage.deliver(unlucky.name(), Delivery.SOUND);
    lucky.awaitMore("played", 500);
    unlucky.awaitMore("played", 500);
    lucky.leave();
    unlucky.leave();

    compare(lucky);
    compare(unlucky);
    // What stood still for a moment because the machine is busy may be told or not.
    assertThat(lucky.told(service).sum("stalls")).isBetween(0L, lucky.stallsSeen());
    assertThat(lucky.told(service).sum("stalledMillis"))
        .isBetween(0L, lucky.stalledMillisSeen() + PRECISION_MILLIS);
    assertThat(unlucky.told(service).sum("stalls")).isBetween(1L, unlucky.stallsSeen());
    assertThat(unlucky.told(service).sum("stalledMillis"))
        .isBetween(
            unlucky.waitedMillis() - PRECISION_MILLIS,
            unlucky.stalledMillisSeen() + PRECISION_MILLIS);
    ToldSession unseen = indifferent.told(service);
    assertThat(unseen.sum("views")).isEqualTo(1);
    assertThat(unseen.sum("startups")).isZero();
    assertThat(unseen.sum("exitsBeforeStart")).isZero();
  }

  private void compare(Absentee viewer) throws Exception {
    ToldSession told = viewer.told(service);
    String name = viewer.name();
    assertThat(told.json().path("ended").asText()).as(name).isEqualTo("quit");
    assertThat(told.sum("startups")).as(name).isEqualTo(1);
    assertThat(told.sum("startupMillis")).as(name).isCloseTo(viewer.startUpMillis(), PRECISION);
    assertThat(told.sum("backgroundMillis")).as(name).isCloseTo(viewer.hiddenMillis(), PRECISION);
    assertThat(told.sum("seeks")).as(name).isZero();
    assertThat(told.sum("lost")).as(name).isZero();
  }

  @Test
  void filmThatBeginsAgain_isNotSought() throws Exception {
    Film.write(media.resolve(FILM), 2);
    Viewing viewing =
        new Viewing(
            chromium.page(400, 300, ColorScheme.DARK), stage, "again", "video", FILM, false);
    viewing.awaitLoaded();
    viewing.repeat();
    viewing.play();
    viewing.mark();
    viewing.awaitShown(3);
    Left left = viewing.leave();

    ToldSession told = ToldSession.await(service, left.session(), ToldSession::ended);
    assertThat(told.sum("startups")).as(left.story()).isEqualTo(1);
    assertThat(told.sum("seeks")).as(left.story()).isZero();
    assertThat(told.json().path("ended").asText()).as(left.story()).isEqualTo("quit");
  }
}
