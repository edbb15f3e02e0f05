package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.journal.JournalPolicy;
import io.aircheck.experience.journal.Sync;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.session.Activity;
import io.aircheck.experience.session.SessionEnd;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.timeline.SessionTimeline;
import io.aircheck.experience.timeline.SessionTimeline.PlayerError;
import io.aircheck.experience.timeline.SessionTimeline.Point;
import io.aircheck.experience.timeline.SessionTimeline.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionHistoryTest {
  private static final long START = 1_800_000_000_000L;

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Journal journal;

  @SuppressWarnings("NullAway.Init")
  private SessionHistory history;

  @BeforeEach
  void open() throws IOException {
    journal = Journal.open(folder, JournalPolicy.of(Duration.ofHours(2), 100_000_000, Sync.NEVER));
    history =
        new SessionHistory(
            journal,
            new ReportReader(Map.of()),
            recorder -> new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession(), recorder));
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  /** A report that arrives 50 ms after its moment. */
  private void report(String session, long millis, String more) throws IOException {
    report(session, millis, millis + 50, more);
  }

  private void report(String session, long millis, long arrives, String more) throws IOException {
    String body =
        "{\"session\":\"%s\",\"time\":%d%s}".formatted(session, START + millis, "," + more);
    journal.append(
        new JournalEntry(
            ReportSchema.PLAIN,
            new Arrival(START + arrives, "/r", Map.of()),
            body.getBytes(StandardCharsets.UTF_8)));
  }

  private SessionTimeline timeline(String session) throws IOException {
    return history.of(session, START, START + 3_600_000).orElseThrow();
  }

  private static Span span(Activity activity, long from, long to) {
    return new Span(1, activity, START + 50 + from, START + 50 + to);
  }

  @Test
  void session_amongOthers_isWhatItsPlayerDid() throws Exception {
    report("a", 0, "\"state\":\"starting\",\"content\":\"news\",\"sequence\":0");
    report("other", 500, "\"state\":\"playing\",\"sequence\":0");
    report("a", 1_000, "\"state\":\"playing\",\"bitrateKbps\":3000,\"sequence\":1");
    report("a", 9_000, "\"state\":\"rebuffering\",\"bufferMillis\":0,\"sequence\":2");
    report("a", 12_000, "\"state\":\"playing\",\"errorCode\":\"E7\",\"sequence\":3");
    report("a", 30_000, "\"state\":\"paused\",\"liveLatencyMillis\":8000,\"sequence\":4");
    report("a", 40_000, "\"state\":\"quit\",\"sequence\":5");

    SessionTimeline timeline = timeline("a");

    assertThat(timeline.spans())
        .containsExactly(
            span(Activity.STARTING, 0, 1_000),
            span(Activity.PLAYING, 1_000, 9_000),
            span(Activity.STALLED, 9_000, 12_000),
            span(Activity.PLAYING, 12_000, 30_000),
            span(Activity.PAUSED, 30_000, 40_000));
    assertThat(timeline.points())
        .containsExactly(
            new Point(START + 1_050, 3000, null, null, null),
            new Point(START + 9_050, null, null, 0L, null),
            new Point(START + 30_050, null, null, null, 8_000L));
    assertThat(timeline.errors()).containsExactly(new PlayerError(START + 12_050, "E7", false));
    assertThat(timeline.views())
        .containsExactly(
            new SessionTimeline.View(
                1, "news", START + 50, START + 40_050, SessionEnd.Reason.QUIT));
    assertThat(timeline.cut()).isFalse();
  }

  @Test
  void reportsOutOfOrder_areInTheirPlaces() throws Exception {
    report("a", 0, "\"state\":\"starting\",\"sequence\":0");
    report("a", 9_000, 9_100, "\"state\":\"rebuffering\",\"sequence\":2");
    report("a", 1_000, 9_200, "\"state\":\"playing\",\"sequence\":1");
    report("a", 12_000, "\"state\":\"playing\",\"sequence\":3");

    assertThat(timeline("a").spans())
        .containsExactly(
            span(Activity.STARTING, 0, 1_000),
            span(Activity.PLAYING, 1_000, 9_000),
            span(Activity.STALLED, 9_000, 12_000));
  }

  @Test
  void silence_isToldAsSuch_andAViewThatGoesOnIsNotOver() throws Exception {
    report("a", 0, "\"state\":\"playing\",\"sequence\":0");
    report("a", 10_000, "\"state\":\"playing\",\"sequence\":1");
    report("a", 210_000, "\"state\":\"playing\",\"sequence\":2");
    report("a", 220_000, "\"state\":\"paused\",\"sequence\":3");

    SessionTimeline timeline = history.of("a", START, START + 223_000).orElseThrow();

    assertThat(timeline.spans())
        .containsExactly(
            span(Activity.PLAYING, 0, 10_000),
            new Span(1, null, START + 10_050, START + 210_050),
            span(Activity.PLAYING, 210_000, 220_000));
    assertThat(timeline.views().getFirst().ended()).isNull();
    assertThat(timeline("a").views().getFirst().ended())
        .as("an hour later")
        .isEqualTo(SessionEnd.Reason.TIMEOUT);
  }

  @Test
  void otherContent_isAnotherView() throws Exception {
    report("a", 0, "\"state\":\"playing\",\"content\":\"news\",\"sequence\":0");
    report("a", 5_000, "\"state\":\"playing\",\"content\":\"sports\",\"sequence\":1");
    report("a", 8_000, "\"state\":\"ended\",\"sequence\":2");

    SessionTimeline timeline = timeline("a");

    assertThat(timeline.views())
        .extracting(SessionTimeline.View::content)
        .containsExactly("news", "sports");
    assertThat(timeline.views())
        .extracting(SessionTimeline.View::ended)
        .containsExactly(SessionEnd.Reason.CONTENT_CHANGED, SessionEnd.Reason.ENDED);
    assertThat(timeline.spans()).extracting(Span::view).containsExactly(1, 2);
  }

  @Test
  void reportThatComesLateAfterTheEnd_doesNotMakeItGoOn() throws Exception {
    report("a", 0, "\"state\":\"playing\",\"sequence\":0");
    report("a", 20_000, "\"state\":\"quit\",\"sequence\":2");
    report("a", 10_000, 60_000, "\"state\":\"playing\",\"bitrateKbps\":800,\"sequence\":1");

    SessionTimeline timeline = timeline("a");

    assertThat(timeline.views().getFirst().ended()).isEqualTo(SessionEnd.Reason.QUIT);
    assertThat(timeline.points()).hasSize(1);
  }

  @Test
  void requests_areThere() throws Exception {
    report("a", 0, "\"state\":\"playing\",\"sequence\":0");
    report(
        "a",
        3_000,
        "\"delivery\":{\"url\":\"https://cdn.example/a/5.m4s?t=1\",\"status\":404},\"sequence\":1");

    List<SessionTimeline.Request> requests = timeline("a").requests();

    assertThat(requests).hasSize(1);
    assertThat(requests.getFirst().millis()).isEqualTo(START + 3_050);
    assertThat(requests.getFirst().delivery().path()).isEqualTo("/a/5.m4s");
    assertThat(requests.getFirst().delivery().status()).isEqualTo(404);
  }

  @Test
  void manyReports_areCutAndThatIsSaid() throws Exception {
    for (int i = 0; i < 5_100; i++) {
      report(
          "a",
          1_000L * i,
          "\"state\":\"playing\",\"bufferMillis\":%d,\"sequence\":%d".formatted(i, i));
    }

    SessionTimeline timeline = history.of("a", START, START + 6_000_000).orElseThrow();

    assertThat(timeline.points()).hasSize(5_000);
    assertThat(timeline.spans()).hasSize(1);
    assertThat(timeline.cut()).isTrue();
  }

  @Test
  void nobody_isNotThere() throws Exception {
    report("a", 0, "\"state\":\"playing\",\"sequence\":0");

    assertThat(history.of("b", START, START)).isEmpty();
  }
}
