package io.aircheck.experience.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRecordsTest {
  private final List<JsonFields> records = new ArrayList<>();
  private int malformed;

  @Test
  void records_areAnObjectAnArrayOrOnLinesOfTheirOwn() {
    read("{\"a\":1}");
    read("[{\"a\":1},{\"a\":2}]");
    read("{\"a\":1}\n{\"a\":2}\n");
    assertThat(records).extracting(r -> r.whole("a", 9)).containsExactly(1L, 1L, 2L, 1L, 2L);
    assertThat(malformed).isZero();
  }

  @Test
  void values_areFoundByTheirPaths() {
    read("{\"a\":{\"b\":[10,{\"c\":\"x\"}]},\"t\":true,\"n\":null,\"d\":\"1.5\"}");
    JsonFields record = records.getFirst();
    assertThat(record.whole("a.b.0", 99)).isEqualTo(10);
    assertThat(record.text("a.b.1.c")).isEqualTo("x");
    assertThat(record.flag("t")).isTrue();
    assertThat(record.text("n")).isNull();
    assertThat(record.decimal("d")).isEqualTo(1.5);
    assertThat(record.below("a.b")).isEqualTo(Map.of("0", "10", "1.c", "x"));
  }

  @Test
  void valueOfAnotherType_isNone() {
    read("{\"s\":\"x\",\"t\":true,\"m\":-1,\"big\":123456789012345678901234567890,\"e\":1e300}");
    JsonFields record = records.getFirst();
    assertThat(record.whole("s", 9)).isNull();
    assertThat(record.whole("t", 9)).isNull();
    assertThat(record.whole("m", 9)).isNull();
    assertThat(record.whole("big", Long.MAX_VALUE)).isNull();
    assertThat(record.whole("e", 9)).isNull();
    assertThat(record.flag("s")).isNull();
    assertThat(record.text("t")).isNull();
  }

  @Test
  void lineThatIsNoJson_doesNotTakeOthersWithIt() {
    read("{\"a\":1}\n{\"a\":,}\n{\"a\":3}\nnonsense\n{\"a\":5}");
    assertThat(records).extracting(r -> r.whole("a", 9)).containsExactly(1L, 3L, 5L);
    assertThat(malformed).isEqualTo(2);
  }

  @Test
  void manyLinesThatAreNoJson_areCountedAndTakeNoneWithThem() {
    read("{\"a\":,}\n".repeat(150) + "{\"a\":1}\n" + "nonsense\n".repeat(150) + "{\"a\":2}\n");
    assertThat(records).extracting(r -> r.whole("a", 9)).containsExactly(1L, 2L);
    assertThat(malformed).isEqualTo(300);
  }

  @Test
  void lineThatIsCutOff_leavesTheNextOneWhole() {
    read("{\"a\":1,\"b\":\n{\"a\":2}\n{\"a\":\"x\n{\"a\":3}\r\n\n{\"a\":[1,\n{\"a\":4}");
    assertThat(records).extracting(r -> r.whole("a", 9)).containsExactly(2L, 3L, 4L);
    assertThat(malformed).isEqualTo(3);
  }

  @Test
  void elementOnALineThatIsNoJson_takesNoneWithIt() {
    read("[{\"a\":1},\n {\"a\":,},\n {\"a\":3},\n {\"a\":4}\n]\n[{\"a\":5},{\"a\":6}]");
    assertThat(records).extracting(r -> r.whole("a", 9)).containsExactly(1L, 3L, 4L, 5L, 6L);
    assertThat(malformed).isEqualTo(1);
  }

  @Test
  void payloadThatIsNoJson_isNotToldTwice() {
    String good = "{\"data\":[{\"a\":1},{\"a\":2}]}";
    new JsonRecords("data")
        .read(
            bytes("{\"data\":[{\"a\":7},{\"a\":,}]}\n" + good + "\n{\"data\":[{\"a\":8}\n" + good),
            records::add,
            () -> malformed++);
    assertThat(records).extracting(r -> r.whole("a", 9)).containsExactly(7L, 1L, 2L, 8L, 1L, 2L);
    assertThat(malformed).isEqualTo(2);
  }

  @Test
  void byteOrderMark_isPassedOver() {
    read("\ufeff{\"a\":1}");
    assertThat(records).hasSize(1);
    assertThat(malformed).isZero();
  }

  @Test
  void hostileBody_isReadABoundedNumberOfTimes() {
    read("{\"a\":\n".repeat(40_000));
    read("{\"a\":[\n".repeat(40_000));
    assertThat(records).isEmpty();
    assertThat(malformed).isEqualTo(80_000);
  }

  @Test
  void elementsThatAreNoObjects_areMalformed() {
    read("[1,{\"a\":1},[2],\"x\"]");
    assertThat(records).hasSize(1);
    assertThat(malformed).isEqualTo(3);
  }

  @Test
  void deepNesting_isLeftOut() {
    read("{\"a\":" + "[".repeat(40) + "1" + "]".repeat(40) + ",\"b\":2}");
    assertThat(records.getFirst().whole("b", 9)).isEqualTo(2);
    read("[".repeat(100_000));
    assertThat(malformed).isPositive();
  }

  @Test
  void manyFields_areBounded() {
    StringBuilder body = new StringBuilder("{\"first\":1");
    for (int i = 0; i < 10_000; i++) {
      body.append(",\"x").append(i).append("\":1");
    }
    read(body + "}");
    assertThat(records.getFirst().whole("first", 9)).isEqualTo(1);
    assertThat(records.getFirst().whole("x9999", 9)).isNull();
  }

  @Test
  void recordsOfAMember_areThoseOfItsArray() {
    new JsonRecords("data")
        .read(
            bytes("{\"x\":[{\"a\":9}],\"data\":[{\"a\":1},{\"a\":2}]}"),
            records::add,
            () -> malformed++);
    assertThat(records).extracting(r -> r.whole("a", 9)).containsExactly(1L, 2L);
    new JsonRecords("data").read(bytes("{\"x\":1}"), records::add, () -> malformed++);
    assertThat(malformed).isEqualTo(1);
  }

  private void read(String body) {
    new JsonRecords().read(bytes(body), records::add, () -> malformed++);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
