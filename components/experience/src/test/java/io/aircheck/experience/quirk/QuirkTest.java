package io.aircheck.experience.quirk;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Captured;
import io.aircheck.experience.report.Delivery;
import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import io.aircheck.experience.session.SessionCorrection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuirkTest {
  private static final String HLS = "hls.js-1.7.4";
  private static final String DASH = "dash.js-5.2.1";
  private static final String SHAKA = "shaka-5.2.12";

  @Test
  void firstByteOfDashJs_isAMomentAndNotBelieved() {
    List<Delivery> raw = deliveries(unmended(DASH + "-preloaded"));
    assertThat(raw).anyMatch(delivery -> delivery.firstByteMillis() > 1_000_000_000_000L);
    List<Delivery> mended = deliveries(mended(DASH + "-preloaded"));
    assertThat(mended).hasSameSizeAs(raw).allMatch(d -> d.firstByteMillis() == -1);
    assertThat(mended).extracting(Delivery::lastByteMillis).contains(19L, 7019L);
  }

  @ParameterizedTest
  @ValueSource(strings = {HLS + "-preloaded", SHAKA + "-preloaded"})
  void firstByteThatCanBe_isKept(String run) {
    assertThat(deliveries(mended(run)))
        .isNotEmpty()
        .allMatch(d -> d.firstByteMillis() >= 0 && d.firstByteMillis() <= d.lastByteMillis());
  }

  @Test
  void startupTimeOfDashJs_isBelievedWhenItBeginsToPlay() {
    assertThat(startups(unmended(DASH + "-preloaded"))).containsExactly(3L, 317L);
    assertThat(startups(mended(DASH + "-preloaded"))).containsExactly(3L);
  }

  @Test
  void startupTimeOfDashJsBeforeItPlays_isNotBelieved() {
    assertThat(startups(unmended(DASH + "-autoplay"))).containsExactly(4L, 10L);
    List<ViewerReport> reports = mended(DASH + "-autoplay");
    assertThat(startups(reports)).isEmpty();
    long starting = first(reports, PlayerState.STARTING);
    long playing = first(reports, PlayerState.PLAYING);
    long truth =
        Captured.truth(DASH + "-autoplay", "element playing", 0)
            - Captured.truth(DASH + "-autoplay", "element play", 0);
    assertThat(playing - starting).as("its states tell it").isCloseTo(truth, within(50L));
  }

  @Test
  void startupTimeShorterThanTheWait_isNotBelieved() {
    Facts plays = facts().state(PlayerState.PLAYING).startupMillis(1L).build();
    List<ViewerReport> mended =
        mended(
            StartupTimeWhenPlaying.FIRST,
            List.of(
                report(0, 1000, facts().state(PlayerState.STARTING).build()),
                report(1, 1010, facts().state(PlayerState.REBUFFERING).build()),
                report(2, 1130, plays)));
    assertThat(mended.getLast().facts().startupMillis()).isNull();
  }

  @Test
  void rebufferingBeforeAnythingPlayed_isStartingUp() {
    List<PlayerState> told =
        List.of(
            PlayerState.STARTING,
            PlayerState.REBUFFERING,
            PlayerState.PLAYING,
            PlayerState.REBUFFERING,
            PlayerState.PLAYING);
    List<ViewerReport> reports = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      reports.add(report(i, i, facts().state(told.get(i)).build()));
    }
    assertThat(mended(Quirk.ofSession(), reports))
        .extracting(r -> r.facts().state())
        .containsExactly(
            PlayerState.STARTING,
            PlayerState.STARTING,
            PlayerState.PLAYING,
            PlayerState.REBUFFERING,
            PlayerState.PLAYING);
  }

  @Test
  void rebufferingOfASessionJoinedLate_isAStall() {
    Facts stall = facts().state(PlayerState.REBUFFERING).build();
    assertThat(Quirk.ofSession().mend(report(40, 1, stall)).facts().state())
        .isEqualTo(PlayerState.REBUFFERING);
  }

  @ParameterizedTest
  @ValueSource(strings = {HLS + "-preloaded", DASH + "-preloaded"})
  void stallAndJump_areToldApart(String run) {
    List<ViewerReport> reports = mended(run);
    long stalled = first(reports, PlayerState.REBUFFERING);
    assertThat(stalled).isCloseTo(Captured.truth(run, "element waiting", 0), within(250L));
    assertThat(firstAfter(reports, stalled, PlayerState.PLAYING))
        .isCloseTo(Captured.truth(run, "element playing", 1), within(250L));

    long jumped = first(reports, PlayerState.SEEKING);
    assertThat(jumped).isCloseTo(Captured.truth(run, "element seeking", 0), within(250L));
    long arrived = firstAfter(reports, jumped, PlayerState.PLAYING);
    assertThat(reports)
        .filteredOn(r -> r.eventMillis() >= jumped && r.eventMillis() < arrived)
        .extracting(r -> r.facts().state())
        .doesNotContain(PlayerState.REBUFFERING);
    assertThat(unmended(run))
        .filteredOn(r -> r.eventMillis() >= jumped && r.eventMillis() < arrived)
        .extracting(r -> r.facts().state())
        .as("but it was told")
        .contains(PlayerState.REBUFFERING);
  }

  @ParameterizedTest
  @ValueSource(strings = {HLS + "-live", DASH + "-live"})
  void jumpOfThePlayerOutOfALiveStall_isPartOfIt(String run) {
    List<ViewerReport> reports = mended(run);
    long stalled = first(reports, PlayerState.REBUFFERING);
    assertThat(stalled).isCloseTo(Captured.truth(run, "element waiting", 0), within(250L));
    assertThat(firstAfter(reports, stalled, PlayerState.PLAYING))
        .isCloseTo(Captured.truth(run, "element playing", 1), within(250L));
    assertThat(reports)
        .extracting(r -> r.facts().state())
        .as("he jumped nowhere")
        .doesNotContain(PlayerState.SEEKING);
    assertThat(unmended(run))
        .filteredOn(r -> r.eventMillis() >= stalled)
        .extracting(r -> r.facts().state())
        .as("but it was told")
        .contains(PlayerState.SEEKING);
  }

  @Test
  void jumpOutOfAStallOnDemand_isThatOfTheViewer() {
    Facts stall = facts().state(PlayerState.REBUFFERING).live(false).build();
    Facts jump = facts().state(PlayerState.SEEKING).live(false).build();
    List<ViewerReport> mended =
        mended(JumpOutOfStall.FIRST, List.of(report(0, 0, stall), report(1, 1, jump)));
    assertThat(mended.getLast().facts().state()).isEqualTo(PlayerState.SEEKING);
  }

  @Test
  void bufferOfHlsJsInAStall_isThatOfBeforeAndNotBelieved() {
    assertThat(buffersInStall(unmended(HLS + "-preloaded"))).contains(2000L);
    assertThat(buffersInStall(mended(HLS + "-preloaded"))).allMatch(buffer -> buffer < 1000);
    assertThat(buffersInStall(mended(DASH + "-preloaded"))).as("told rightly").contains(0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {SHAKA + "-preloaded", SHAKA + "-autoplay"})
  void shakaTellsNoStates_butPlaysWhenItTellsItsStartupTime(String run) {
    assertThat(unmended(run)).extracting(r -> r.facts().state()).containsOnlyNulls();
    List<ViewerReport> reports = mended(run);
    long playing = first(reports, PlayerState.PLAYING);
    assertThat(playing).isCloseTo(Captured.truth(run, "element playing", 0), within(500L));
    assertThat(startups(reports)).hasSize(1);
    assertThat(reports.getFirst().eventMillis() + startups(reports).getFirst())
        .isCloseTo(Captured.truth(run, "element playing", 0), within(250L));
  }

  @Test
  void sessionWithoutStatesThatFetchesForLong_plays() {
    Facts fetched = facts().delivery(Delivery.of("/a.m4s", 200, 1, 2)).build();
    List<ViewerReport> mended =
        mended(
            PlayingWithoutStates.FIRST,
            List.of(
                report(0, 0, Facts.NONE),
                report(1, 20_000, fetched),
                report(2, 31_000, Facts.NONE),
                report(3, 32_000, fetched)));
    assertThat(mended)
        .extracting(r -> r.facts().state())
        .containsExactly(null, null, null, PlayerState.PLAYING);
    assertThat(PlayingWithoutStates.FIRST.mend(report(200, 0, fetched)).facts().state())
        .as("joined late")
        .isEqualTo(PlayerState.PLAYING);
  }

  @ParameterizedTest
  @ValueSource(strings = {HLS + "-preloaded", DASH + "-preloaded", SHAKA + "-preloaded"})
  void sessionThatPlays_hasNothingLeftToLearnAndSharesItsCorrection(String run) {
    SessionCorrection correction = Quirk.ofSession();
    SessionCorrection other = Quirk.ofSession();
    for (ViewerReport report : unmended(run)) {
      correction = correction.after(report);
      other = other.after(report);
    }
    ViewerReport plays = report(99, 99, facts().state(PlayerState.PLAYING).build());
    assertThat(correction.after(plays)).isSameAs(other.after(plays));
  }

  @Test
  void errorThatDashJsRepeats_isToldOnce() {
    assertThat(mended(DASH + "-missing"))
        .extracting(r -> r.facts().errorCode())
        .filteredOn(Objects::nonNull)
        .containsExactly("27");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HLS + "-preloaded", HLS + "-autoplay", HLS + "-missing",
        DASH + "-preloaded", DASH + "-autoplay", DASH + "-missing",
        SHAKA + "-preloaded", SHAKA + "-autoplay", SHAKA + "-missing"
      })
  void everyCapturedReport_isTakenWithABitrateOfItsLadder(String run) {
    List<ViewerReport> reports = mended(run);
    assertThat(reports).hasSize(Captured.lines(run + ".cmcd").size());
    assertThat(reports)
        .extracting(r -> r.facts().bitrateKbps())
        .filteredOn(Objects::nonNull)
        .isNotEmpty()
        .allMatch(kbps -> kbps == 364 || kbps == 368 || kbps == 184 || kbps == 186);
  }

  private static List<ViewerReport> unmended(String run) {
    Received received = new Received();
    new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(List.of(), Map.of()))
        .read(Captured.bytes(run + ".cmcd"), new Arrival(0, "events", Map.of()), received);
    assertThat(received.rejections()).isEmpty();
    return received.reports();
  }

  private static List<ViewerReport> mended(String run) {
    Received received = new Received();
    new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(Quirk.ofRecords(), Map.of()))
        .read(Captured.bytes(run + ".cmcd"), new Arrival(0, "events", Map.of()), received);
    return mended(Quirk.ofSession(), received.reports());
  }

  private static List<ViewerReport> mended(SessionCorrection first, List<ViewerReport> reports) {
    List<ViewerReport> mended = new ArrayList<>();
    SessionCorrection correction = first;
    for (ViewerReport report : reports) {
      mended.add(correction.mend(report));
      correction = correction.after(report);
    }
    return mended;
  }

  private static List<Delivery> deliveries(List<ViewerReport> reports) {
    return reports.stream().map(r -> r.facts().delivery()).filter(Objects::nonNull).toList();
  }

  private static List<Long> startups(List<ViewerReport> reports) {
    return reports.stream().map(r -> r.facts().startupMillis()).filter(Objects::nonNull).toList();
  }

  private static List<Long> buffersInStall(List<ViewerReport> reports) {
    long from = first(reports, PlayerState.REBUFFERING);
    long to = firstAfter(reports, from, PlayerState.PLAYING);
    return reports.stream()
        .filter(r -> r.eventMillis() >= from && r.eventMillis() < to)
        .map(r -> r.facts().bufferMillis())
        .filter(Objects::nonNull)
        .toList();
  }

  private static long first(List<ViewerReport> reports, PlayerState state) {
    return firstAfter(reports, 0, state);
  }

  private static long firstAfter(List<ViewerReport> reports, long millis, PlayerState state) {
    return reports.stream()
        .filter(r -> r.eventMillis() >= millis && r.facts().state() == state)
        .mapToLong(ViewerReport::eventMillis)
        .min()
        .orElseThrow();
  }

  private static ViewerReport report(long sequence, long millis, Facts facts) {
    return new ViewerReport("s", "events", sequence, millis, millis, facts, Map.of());
  }
}
