package io.aircheck.experience.cmcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CmcdReportsTest {
  private static final Arrival ARRIVAL =
      new Arrival(2_000_000, "events", Map.of(Attributes.COUNTRY, "SE"));

  @Test
  void report_saysWhatItsKeysSay() {
    ViewerReport report =
        only(
            "bl=(4000;v 3900;a),br=(3000;v 128;a),bsa=(2;v"
                + " 1;a),bsda=(900;v),cdn=\"north\",cid=\"ch1\","
                + "dfa=7,e=t,ltc=5200,msd=640,pr=1.02,pt=1999000,sf=h,sid=\"s1\",sn=9,st=ll,sta=p,"
                + "tb=(6000;v 128;a),ts=1999999,v=2");
    assertThat(report.session()).isEqualTo("s1");
    assertThat(report.channel()).isEqualTo("events");
    assertThat(report.sequence()).isEqualTo(9);
    assertThat(report.eventMillis()).isEqualTo(1_999_999);
    assertThat(report.receivedMillis()).isEqualTo(2_000_000);
    assertThat(report.attributes())
        .isEqualTo(
            Map.of(Attributes.COUNTRY, "SE", Attributes.FORMAT, "hls", Attributes.CDN, "north"));
    assertThat(report.facts())
        .isEqualTo(
            Facts.facts()
                .state(PlayerState.PLAYING)
                .content("ch1")
                .live(true)
                .bitrateKbps(3128)
                .topBitrateKbps(6128)
                .playheadMillis(1_999_000L)
                .playbackRate(1.02)
                .liveLatencyMillis(5200L)
                .bufferMillis(3900L)
                .droppedFrames(7L)
                .startupMillis(640L)
                .stalls(2L)
                .stalledMillis(900L)
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "s,STARTING",
    "p,PLAYING",
    "k,SEEKING",
    "r,REBUFFERING",
    "a,PAUSED",
    "w,REBUFFERING",
    "e,ENDED",
    "f,FAILED",
    "q,QUIT",
    "d,PRELOADING",
    "x,"
  })
  void state_isThatOfThePlayer(String token, PlayerState state) {
    Facts facts = only("e=ps,sid=\"s\",sta=" + token + ",ts=1,v=2").facts();
    assertThat(facts.state()).isEqualTo(state);
    assertThat(facts.fatal()).isEqualTo(state == PlayerState.FAILED);
  }

  @Test
  void answer_isToldWhenItIsCompleteAndWithoutState() {
    ViewerReport report =
        only(
            "e=rr,rc=200,sid=\"s\",sta=p,ts=1000,ttfb=20,ttlb=7000,v=2,"
                + "url=\"https://user@cdn.example:8443/a/seg_5.m4s?token=1#x\"");
    assertThat(report.eventMillis()).isEqualTo(8000);
    assertThat(report.facts().state()).isNull();
    assertThat(report.facts().delivery())
        .isEqualTo(new Delivery("cdn.example", "/a/seg_5.m4s", 200, 20, 7000));
  }

  @Test
  void failedRequest_hasNoAnswer() {
    assertThat(only("e=rr,rc=0,sid=\"s\",ts=1000,v=2,url=\"seg.ts\"").facts().delivery())
        .isEqualTo(new Delivery(null, "seg.ts", 0, -1, -1));
  }

  @ParameterizedTest
  @CsvSource({"abs,true,", "as,,true", "ae,,false", "sk,,false", "abe,false,", "t,,"})
  void advertisements_areToldApartFromTheirBreaks(String event, Boolean adBreak, Boolean ad) {
    Facts facts = only("e=" + event + ",sid=\"s\",ts=1,v=2").facts();
    assertThat(facts.adBreak()).isEqualTo(adBreak);
    assertThat(facts.ad()).isEqualTo(ad);
  }

  @ParameterizedTest
  @CsvSource({"'e=b,bg',true", "e=b,false", "'e=b,bg=?0',false", "'e=t,bg',true", "e=t,"})
  void background_isTold(String keys, Boolean background) {
    assertThat(only(keys + ",sid=\"s\",ts=1,v=2").facts().background()).isEqualTo(background);
  }

  @Test
  void error_isToldByItsOwnEventOnly() {
    assertThat(only("e=e,ec=(\"403\"),sid=\"s\",ts=1,v=2").facts().errorCode()).isEqualTo("403");
    assertThat(only("e=e,sid=\"s\",ts=1,v=2").facts().errorCode()).isEqualTo("unknown");
    assertThat(only("e=t,ec=(\"403\"),sid=\"s\",ts=1,v=2").facts().errorCode()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "br=(300;v 64;a),pb=(120;v 64;a),ab=(500)|184",
        "br=(300;v 64;a),ot=a|364",
        "br=(368)|368",
        "br=(368),ot=v|368",
        "br=64,ot=a|",
        "br=64,ot=i|",
        "ab=(300;v 64;a),ot=a,pb=(64;a)|364",
        "ab=(1500)|1500",
        "sn=1|"
      })
  void bitrate_isWhatIsShownElseWhatIsSelected(String keys, Integer kbps) {
    assertThat(only(keys + ",e=t,sid=\"s\",ts=1,v=2").facts().bitrateKbps()).isEqualTo(kbps);
  }

  @Test
  void records_standOnLinesOfTheirOwn() {
    Received received = read("e=t,sid=\"s\",ts=1,v=2\n  \r\ne=t,sid=\"s\",ts=2,v=2\n");
    assertThat(received.reports()).extracting(ViewerReport::eventMillis).containsExactly(1L, 2L);
    assertThat(received.rejections()).isEmpty();
  }

  @Test
  void recordsThatCannotBeTaken_doNotTakeOthersWithThem() {
    Received received =
        read(
            String.join(
                "\n",
                "<html>",
                "e=t,ts=1,v=2",
                "e=t,sid=\"\",ts=1,v=2",
                "e=t,sid=\"s\",v=2",
                "e=t,sid=\"s\",ts=1,v=3",
                "e=t,sid=\"" + "s".repeat(65) + "\",ts=1,v=2",
                "e=t,sid=\"s\",ts=253402300800000,v=2",
                "cid=\"" + "c".repeat(20_000) + "\",e=t,sid=\"s\",ts=1,v=2",
                "e=t,sid=\"s\",ts=5,v=2"));
    assertThat(received.rejections())
        .containsExactly(
            Rejection.MALFORMED,
            Rejection.NO_SESSION,
            Rejection.NO_SESSION,
            Rejection.NO_TIME,
            Rejection.UNKNOWN_VERSION,
            Rejection.TOO_LARGE,
            Rejection.CLOCK_IMPOSSIBLE,
            Rejection.TOO_LARGE);
    assertThat(received.reports()).extracting(ViewerReport::eventMillis).containsExactly(5L);
  }

  @Test
  void attributesThatAreTheSame_areOneMap() {
    List<ViewerReport> reports =
        read("e=t,sf=h,sid=\"s\",ts=1,v=2\ne=t,sf=h,sid=\"s\",ts=2,v=2").reports();
    assertThat(reports.get(0).attributes()).isSameAs(reports.get(1).attributes());
  }

  @Test
  void customKey_becomesItsAttribute() {
    Received received = new Received();
    new CmcdReports(
            new CmcdParser(Set.of("com.example-app")),
            new CmcdMapping(List.of(), Map.of("com.example-app", Attributes.APP_VERSION)))
        .read(bytes("com.example-app=\"7.1\",e=t,sid=\"s\",ts=1,v=2"), ARRIVAL, received);
    assertThat(received.reports().getFirst().attributes())
        .containsEntry(Attributes.APP_VERSION, "7.1");
  }

  private static ViewerReport only(String record) {
    Received received = read(record);
    assertThat(received.rejections()).isEmpty();
    assertThat(received.reports()).hasSize(1);
    return received.reports().getFirst();
  }

  private static Received read(String body) {
    Received received = new Received();
    new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(List.of(), Map.of()))
        .read(bytes(body), ARRIVAL, received);
    return received;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
