package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.app.demo.DemoRecord.Meaning;
import io.aircheck.audience.truth.Toll;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreboardTest {
  private static final String CLEAN = "4 % instead of 1 %. The stream is clean: look at delivery.";
  private static final String REBUFFERING = "experience.rebuffering_percent";

  private final Scoreboard board =
      new Scoreboard(
          List.of(
              new Programme(
                  "news",
                  "News",
                  Map.of(),
                  1,
                  Rung.BOTH,
                  FaultSchedule.once(List.of(new DemoFault(Type.BLACK, 10, 4))))),
          FaultSchedule.once(List.of(new DemoFault(Type.LATE_CDN, 20, 30))));

  private static JsonNode change(String type, String stream, String cause, String message) {
    ObjectNode change = JsonNodeFactory.instance.objectNode().put("type", type);
    change
        .putObject("incident")
        .put("id", stream + "/" + cause)
        .put("stream", stream)
        .put("cause", cause)
        .put("message", message);
    return change;
  }

  private Meaning told(String type, String stream, String message) {
    return board.told(change(type, stream, REBUFFERING, message), 60);
  }

  @Test
  void end_isThatOfTheLastOfThoseThatAreMeant() {
    assertThat(board.endSeconds(fault -> true)).isEqualTo(50);
    assertThat(board.endSeconds(fault -> fault.type() == Type.BLACK)).isEqualTo(14);
    assertThat(board.endSeconds(fault -> false)).isZero();
  }

  @Test
  void faultsOfAPlace_beginByTheirOwnTime() {
    assertThat(board.reached("news", 12, 1))
        .extracting(DemoFault::type)
        .containsExactly(Type.BLACK);
    assertThat(board.reached(Scoreboard.VIEWERS, 12, 1)).isEmpty();
    assertThat(board.reached(Scoreboard.VIEWERS, 20, 2))
        .extracting(DemoFault::type)
        .containsExactly(Type.LATE_CDN);
    assertThat(board.reached("sport", 20, 2)).isEmpty();
  }

  @Test
  void incidentOfAStream_isFoundWhenItOpensAndNotAgain() {
    board.reached("news", 12, 1);

    assertThat(board.told(change("updated", "news", "video.black", "Black."), 4).found()).isEmpty();
    assertThat(board.told(change("opened", "news", "video.black", "Black."), 5).found())
        .hasValueSatisfying(found -> assertThat(found.delaySeconds()).isEqualTo(4));
    assertThat(board.told(change("closed", "news", "video.black", "Black."), 9))
        .isEqualTo(Meaning.NOTHING_NEW);
    assertThat(board.told(change("opened", "origin=a", "video.black", "Black."), 9))
        .isEqualTo(Meaning.NOTHING_NEW);
    assertThat(board.further()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "viewers:cdn:cdn-b, true",
    "'viewers:cdn:cdn-b,content:news', true",
    "viewers:cdn:cdn-a, false",
    "viewers:content:news, false",
    "viewers:all, false",
  })
  void incidentOfViewers_isTheFaultWhereItNamesTheCdn(String viewers, boolean found) {
    board.reached(Scoreboard.VIEWERS, 21, 20);

    assertThat(told("opened", viewers, CLEAN).found().isPresent()).isEqualTo(found);
    assertThat(board.further()).isEqualTo(found ? 0 : 1);
  }

  @Test
  void incidentOfTheCdn_monitorFindsADefectAtFirst_isFoundWhenItSaysThatTheStreamIsClean() {
    board.reached(Scoreboard.VIEWERS, 21, 20);

    assertThat(told("opened", "viewers:cdn:cdn-b", "The monitor finds video.black on news."))
        .isEqualTo(Meaning.UNEXPECTED);
    assertThat(told("updated", "viewers:cdn:cdn-b", CLEAN).found()).isPresent();
    assertThat(told("updated", "viewers:cdn:cdn-b", CLEAN).found()).isEmpty();
  }

  @Test
  void incidentOfViewersOfABrokenStream_thatSaysSo_isNoFurtherOne() {
    String origin = "30 % instead of 1 %. The monitor finds manifest.stale on news: look there.";

    assertThat(board.told(change("opened", "viewers:content:news", REBUFFERING, origin), 30))
        .isEqualTo(Meaning.NOTHING_NEW);
    assertThat(board.further()).isZero();

    board.told(change("opened", "viewers:content:news", REBUFFERING, CLEAN), 30);
    assertThat(board.further()).isEqualTo(1);
  }

  @Test
  void incidentOfTheCdn_beforeItsFault_isNotTakenForIt() {
    assertThat(told("opened", "viewers:cdn:cdn-b", CLEAN).expected()).isFalse();
    assertThat(board.further()).isEqualTo(1);
  }

  @Test
  void everythingFound_isCompleteWithTheViewersOfEach() {
    board.reached("news", 12, 20);
    board.reached(Scoreboard.VIEWERS, 21, 20);
    board.told(change("opened", "news", "video.black", "Black."), 22);
    told("opened", "viewers:cdn:cdn-b", CLEAN);
    assertThat(board.complete()).isFalse();

    board.hit(
        incident -> Impacts.of(incident.equals("news/video.black") ? 17 : 0, 3, 0),
        ScoreboardTest::truth);
    assertThat(board.complete()).isFalse();

    board.hit(
        incident -> Impacts.of(incident.equals("news/video.black") ? 18 : 90, 3, 0),
        ScoreboardTest::truth);
    assertThat(board.complete()).isTrue();
    assertThat(board.entries())
        .extracting(entry -> entry.impact().viewers())
        .containsExactly(18L, 90L);
  }

  private static Toll truth(String place, Type type) {
    return place.equals("news") ? new Toll(18, 4_000, 5, 2, 0, 0) : Toll.NONE;
  }
}
