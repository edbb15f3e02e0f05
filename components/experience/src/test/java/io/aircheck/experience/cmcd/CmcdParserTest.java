package io.aircheck.experience.cmcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmcdParserTest {
  @Test
  void everyKey_isFoundByItsName() {
    for (CmcdKey key : CmcdKey.values()) {
      String value =
          switch (key.type()) {
            case FLAG -> "?1";
            case NUMBER, THOUSANDTHS -> "1";
            case TOKEN -> "x";
            case TEXT -> "\"x\"";
            case NUMBERS -> "(1)";
            case TEXTS -> "(\"x\")";
          };
      assertThat(parsed(key.key() + "=" + value).has(key)).as(key.key()).isTrue();
    }
  }

  @Test
  void numbers_areWholeOrDecimals() {
    CmcdRecord record = parsed("sn=12,pr=1.25,ttlb=10.5,ltc=0,dfa=999999999");
    assertThat(record.number(CmcdKey.SN, -1)).isEqualTo(12);
    assertThat(record.number(CmcdKey.PR, -1)).isEqualTo(1250);
    assertThat(record.number(CmcdKey.TTLB, -1)).as("rounded").isEqualTo(11);
    assertThat(record.number(CmcdKey.LTC, -1)).isZero();
    assertThat(record.number(CmcdKey.DFA, -1)).isEqualTo(999_999_999);
    assertThat(record.faults()).isZero();
  }

  @Test
  void flags_needNoValue() {
    CmcdRecord record = parsed("bg=?0,bs,e=t");
    assertThat(record.number(CmcdKey.BS, -1)).isEqualTo(1);
    assertThat(record.number(CmcdKey.BG, -1)).isZero();
  }

  @Test
  void strings_areUnescapedAndMayHoldSeparators() {
    CmcdRecord record = parsed("cid=\"a\\\"b\\\\c, d=(1);x\",sn=1");
    assertThat(record.text(CmcdKey.CID)).isEqualTo("a\"b\\c, d=(1);x");
    assertThat(record.number(CmcdKey.SN, -1)).isEqualTo(1);
  }

  @Test
  void textBeyondAscii_isReadAsUtf8() {
    assertThat(parsed("cid=\"Übertragung 東\"").text(CmcdKey.CID)).isEqualTo("Übertragung 東");
  }

  @Test
  void innerList_holdsNumbersByTypeOfObject() {
    CmcdRecord record = parsed("br=( 3200;v  128;a ),bl=(4000;v 3900;a 100;tt),pb=(5000;av)");
    assertThat(record.sum(CmcdKey.BR)).isEqualTo(3328);
    assertThat(record.smallest(CmcdKey.BL)).isEqualTo(100);
    assertThat(record.largest(CmcdKey.BL)).isEqualTo(4000);
    assertThat(record.sum(CmcdKey.PB)).isEqualTo(5000);
    assertThat(record.faults()).isZero();
  }

  @Test
  void listKeyOfTheFirstVersion_isASingleNumber() {
    CmcdRecord record = parsed("bl=21300,br=3200");
    assertThat(record.smallest(CmcdKey.BL)).isEqualTo(21_300);
    assertThat(record.sum(CmcdKey.BR)).isEqualTo(3200);
  }

  @Test
  void errorCode_isTakenFromAListAStringOrANumber() {
    assertThat(parsed("ec=(\"E1\" \"E2\")").text(CmcdKey.EC)).isEqualTo("E1");
    assertThat(parsed("ec=\"E1\"").text(CmcdKey.EC)).isEqualTo("E1");
    assertThat(parsed("ec=27").text(CmcdKey.EC)).isEqualTo("27");
  }

  @Test
  void parametersWithValues_arePassedOver() {
    CmcdRecord record =
        parsed("nor=(\"a.mp4\";r=\"0-99\" \"b.mp4\");x=?1, br=(1;q=\"a,b\";v),sn=3;p=1.5");
    assertThat(record.sum(CmcdKey.BR)).isEqualTo(1);
    assertThat(record.hasPicture(CmcdKey.BR)).isTrue();
    assertThat(record.number(CmcdKey.SN, -1)).isEqualTo(3);
    assertThat(record.faults()).isZero();
  }

  @Test
  void whiteSpace_isOptionalAroundMembers() {
    CmcdRecord record = parsed("  sn=1 ,\te=t,   v=2 \r");
    assertThat(record.members()).isEqualTo(3);
    assertThat(record.faults()).isZero();
  }

  @Test
  void lastValueOfAKey_counts() {
    CmcdRecord record = parsed("br=(1 2),sn=1,sn=2,br=(3)");
    assertThat(record.number(CmcdKey.SN, -1)).isEqualTo(2);
    assertThat(record.smallest(CmcdKey.BR)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sn=abc",
        "sn=-1",
        "sn=\"1\"",
        "sn=?1",
        "sn=",
        "sn=1x",
        "sn=1 2",
        "sn=(1",
        "sn=((1))",
        "sn=1234567890123456",
        "sn=?2",
        "sn=:YQ==:",
        "sn=:YQ",
        "sn=-",
        "sn=.5",
        "sn;x=(",
        "sn=(1)"
      })
  void illTypedValue_isLeftOutAndTheRestRead(String member) {
    CmcdRecord record = parsed(member + ",e=t,v=2");
    assertThat(record.has(CmcdKey.SN)).as(member).isFalse();
    assertThat(record.number(CmcdKey.V, -1)).isEqualTo(2);
    assertThat(record.faults()).isPositive();
  }

  @Test
  void unterminatedString_endsTheRecordWithoutIt() {
    CmcdRecord record = parsed("sn=1,cid=\"abc,br=3");
    assertThat(record.number(CmcdKey.SN, -1)).isEqualTo(1);
    assertThat(record.has(CmcdKey.CID)).isFalse();
    assertThat(record.has(CmcdKey.BR)).isFalse();
  }

  @Test
  void stringWithControlCharacters_isNone() {
    assertThat(parsed("cid=\"a\u0000b\",sn=1").has(CmcdKey.CID)).isFalse();
  }

  @Test
  void contentLongerThanItsLimit_isNone() {
    assertThat(parsed("cid=\"" + "x".repeat(128) + "\"").has(CmcdKey.CID)).isTrue();
    assertThat(parsed("cid=\"" + "x".repeat(129) + "\"").has(CmcdKey.CID)).isFalse();
  }

  @Test
  void customKeys_areReadWhenAskedFor() {
    byte[] set = bytes("com.example-app=\"7.1\",com.example-other=x,sn=1,com.example-cell=east");
    CmcdRecord record = new CmcdRecord();
    new CmcdParser(Set.of("com.example-app", "com.example-cell")).parse(set, 0, set.length, record);
    assertThat(record.custom())
        .isEqualTo(Map.of("com.example-app", "7.1", "com.example-cell", "east"));
  }

  @Test
  void equalTextOfTheNextRecord_isTheSameObject() {
    CmcdParser parser = new CmcdParser(Set.of());
    CmcdRecord record = new CmcdRecord();
    byte[] set = bytes("sid=\"abc\"");
    parser.parse(set, 0, set.length, record);
    String first = record.text(CmcdKey.SID);
    record.clear();
    assertThat(record.text(CmcdKey.SID)).isNull();
    parser.parse(set, 0, set.length, record);
    assertThat(record.text(CmcdKey.SID)).isSameAs(first);
  }

  @Test
  void manyItems_areBounded() {
    assertThat(parsed("br=(" + "1;v ".repeat(100_000) + "),sn=1").number(CmcdKey.SN, -1))
        .isEqualTo(1);
  }

  private static CmcdRecord parsed(String set) {
    CmcdRecord record = new CmcdRecord();
    byte[] bytes = bytes(set);
    new CmcdParser(Set.of()).parse(bytes, 0, bytes.length, record);
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
