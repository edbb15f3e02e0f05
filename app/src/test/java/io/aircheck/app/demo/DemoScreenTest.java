package io.aircheck.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.app.report.Palette;
import io.aircheck.audience.truth.Toll;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
  private static final int COLUMNS = 80;

  private final StringWriter text = new StringWriter();
  private final DemoScreen screen = new DemoScreen(new PrintWriter(text), Palette.PLAIN, COLUMNS);

  private List<String> lines() {
    return text.toString().lines().toList();
  }

  @Test
  void viewers_areToldByStreamAndTogether() {
    Map<String, Long> viewers = new LinkedHashMap<>();
    viewers.put("landscapes", 160L);
    viewers.put("journey", 80L);

    screen.watched(viewers);

    assertThat(lines())
        .singleElement()
        .asString()
        .endsWith("240 viewers: landscapes 160, journey 80");
  }

  @Test
  void longMessage_isCutWhereItIsOneOfMany() {
    screen.found("landscapes 180p", "video.freeze", "The picture stands still. ".repeat(9), 4);

    assertThat(lines()).singleElement().asString().hasSize(COLUMNS).endsWith("…");
  }

  @Test
  void messageAtLength_isWholeOnLinesThatFit() {
    String message =
        "rebufferingPercent: 98 % of the change is in cdn=cdn-b; 15.2 % instead of 1.16 %, 88"
            + " viewers. The stream is clean: look at delivery and devices.";

    screen.foundAtLength("viewers", "experience.rebuffering_percent", message, 40);

    assertThat(lines()).hasSizeGreaterThan(2).allSatisfy(this::fits);
    assertThat(String.join(" ", lines().subList(1, lines().size())).replaceAll(" +", " "))
        .isEqualTo(" " + message);
  }

  @Test
  void summary_everyFaultAsWhateverItIsFound_fits() {
    for (Type type : Type.values()) {
      for (String kind : type.kinds()) {
        Scoreboard board = board(type);
        board.told(opened(kind), 120.5);
        board.hit(
            incident -> Impacts.of(123_456, 12_345, 1),
            (place, of) -> new Toll(123_456, 1, 12_345, 0, 1, 1));
        screen.summarize(board);
      }
    }

    assertThat(lines())
        .allSatisfy(this::fits)
        .filteredOn(line -> line.contains("123456"))
        .hasSizeGreaterThan(Type.values().length)
        .allSatisfy(line -> assertThat(line).contains(" 119.5 s "));
    assertThat(text.toString()).contains("1 of 1 faults found").doesNotContain("0 of 1");
  }

  @Test
  void summary_tellsWhatIsNotFoundAndWhatHasHitNobody() {
    Scoreboard board = board(Type.BLACK);
    screen.summarize(board);
    assertThat(text.toString()).contains("not found", "0 of 1 faults found");

    board.told(opened("video.black"), 3);
    screen.summarize(board);
    assertThat(lines()).filteredOn(line -> line.contains("0 of 1 faults found")).hasSize(2);
    assertThat(text.toString()).doesNotContain("1 of 1");
  }

  private static Scoreboard board(Type type) {
    FaultSchedule schedule = FaultSchedule.once(List.of(new DemoFault(type, 1, 1)));
    Programme news = new Programme("news", "News", Map.of(), 1, Rung.BOTH, schedule);
    Scoreboard board = new Scoreboard(List.of(news), FaultSchedule.CLEAN);
    board.reached("news", 1, 1);
    return board;
  }

  private static JsonNode opened(String kind) {
    ObjectNode change = JsonNodeFactory.instance.objectNode().put("type", "opened");
    change.putObject("incident").put("id", kind).put("stream", "news").put("cause", kind);
    return change;
  }

  private void fits(String line) {
    assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS);
  }
}
