package io.aircheck.app.serve.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.app.serve.settings.ConnectorSettings.Sort;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.experience.archive.SessionHash;
import io.aircheck.experience.cube.Cube;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.engine.Told;
import io.aircheck.experience.feed.SessionFeed;
import io.aircheck.experience.feed.SumFeed;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import io.aircheck.experience.session.SessionEnd;
import io.aircheck.notify.export.ExportEvent;
import io.aircheck.notify.export.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ConnectorTest {
  private static final long START = 1_800_000_000_000L;
  private static final RetryPolicy AT_ONCE =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(2));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final RecordingTarget<ExportEvent> target = new RecordingTarget<>();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Cube cube = new Cube(CubeSpec.lastHour());

  private @Nullable Connector connector;

  @AfterEach
  void close() {
    if (connector != null) {
      connector.close();
    }
  }

  private Connector connect(@Nullable SumFeed sums, @Nullable SessionFeed sessions) {
    Connector made =
        new Connector(
            "lake",
            "webhook",
            new Connector.Feeds(sums, sessions),
            new EventOutlet(target, Set.of(Sort.SUMS, Sort.SESSIONS, Sort.DELTAS), false),
            folder.resolve("lake.json"),
            new Place(START, START, START),
            AT_ONCE,
            () -> Instant.ofEpochMilli(START),
            log::add);
    connector = made;
    return made;
  }

  private static SessionFeed sessions(int mostWaiting) {
    return new SessionFeed(false, mostWaiting, START);
  }

  private SumFeed sums() {
    return new SumFeed(
        CubeSpec.lastHour(),
        cube,
        new SumFeed.Shape(List.of(List.of("cdn")), 10_000, 10_000),
        START,
        START);
  }

  private static Told told(String session, long atMillis, SessionEnd.@Nullable Reason end) {
    SessionEnd ended =
        end == null ? null : new SessionEnd(end, START, START, START + atMillis, watching());
    Cohort cohort = new Cohort("news", "720p", Map.of("cdn", "north"));
    return new Told(
        START + atMillis, new SessionDelta(session, 1, START, cohort, watching(), ended));
  }

  @SuppressWarnings("EnumOrdinal") // sums are given by their ordinal
  private static Measures watching() {
    long[] sums = Measures.ZERO.toArray();
    sums[Measure.VIEWERS.ordinal()] = 1;
    sums[Measure.WATCHED_MILLIS.ordinal()] = 10_000;
    return Measures.of(sums);
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private <T> List<T> taken(Function<ExportEvent, T> what) {
    return target.taken().stream().map(what).toList();
  }

  @Test
  void sessions_areTold_byTheHashOfTheArchive() {
    SessionFeed feed = sessions(10);
    feed.told(List.of(told("a", 0, null), told("a", 9_000, SessionEnd.Reason.QUIT)));
    Connector made = connect(null, feed);

    made.begin(() -> START + 60_000);
    await(() -> target.taken().size() == 3);

    String session = Long.toString(SessionHash.of("a"));
    assertThat(taken(ExportEvent::kind)).containsExactly("deltas", "deltas", "sessions");
    assertThat(taken(ExportEvent::key)).containsOnly(session);
    assertThat(taken(ExportEvent::id))
        .containsExactly(
            "deltas~" + session + "~" + START + "~" + START + "~0",
            "deltas~" + session + "~" + START + "~" + (START + 9_000) + "~0",
            "sessions~" + session + "~" + START + "~" + (START + 9_000) + "~0");
    assertThat(target.taken().getFirst().data().toString())
        .isEqualTo(
            "{\"session\":%s,\"view\":1,\"content\":\"news\",\"rendition\":\"720p\","
                    .formatted(session)
                + "\"attributes\":{\"cdn\":\"north\"},\"window\":\"2027-01-15T08:00:00Z\","
                + "\"sums\":{\"viewers\":1,\"watchedMillis\":10000}}");
    assertThat(target.taken().getLast().data().path("reason").asText()).isEqualTo("quit");
    assertThat(target.taken().getLast().data().path("sums").path("watchedMillis").asLong())
        .isEqualTo(10_000);
  }

  @Test
  void sums_areTold_windowByWindow() {
    cube.add(told("a", 0, null).delta());
    cube.add(told("b", 0, null).delta());
    Connector made = connect(sums(), null);

    made.begin(() -> START + 60_000);
    await(() -> target.taken().size() == 1);

    ExportEvent event = target.taken().getFirst();
    assertThat(event.id()).isEqualTo("sums~" + START + "~10000~cdn=north");
    assertThat(event.key()).isEqualTo("cdn=north");
    assertThat(event.data().path("grouping").asText()).isEqualTo("cdn");
    assertThat(event.data().path("values").path("cdn").asText()).isEqualTo("north");
    assertThat(event.data().path("viewers").asDouble()).isEqualTo(2);
    assertThat(event.data().path("sums").path("watchedMillis").asLong()).isEqualTo(20_000);
  }

  @Test
  void target_isAway_hasAllOfItWhenItIsBack() {
    SessionFeed feed = sessions(10);
    feed.told(List.of(told("a", 0, null), told("b", 0, null)));
    target.answer(RecordingTarget.AWAY);
    Connector made = connect(null, feed);

    made.begin(() -> START + 60_000);
    await(() -> made.status().state() == ConnectorStatus.State.WAITING && target.attempts() > 3);
    assertThat(made.status().problem()).contains("away");
    assertThat(made.status().waiting()).isEqualTo(2);
    target.answer(RecordingTarget.TAKEN);

    await(() -> made.status().sent() == 2);
    assertThat(target.taken()).hasSize(2);
    assertThat(made.status().state()).isEqualTo(ConnectorStatus.State.OK);
    assertThat(made.status().problem()).isEmpty();
    assertThat(log).containsExactly("the connector lake cannot tell of viewers: away");
  }

  @Test
  void target_isAwayForLong_losesTheOldestAndCountsThem() {
    SessionFeed feed = sessions(1_000);
    target.answer(RecordingTarget.AWAY);
    Connector made = connect(null, feed);
    made.begin(() -> START + 60_000);

    for (int i = 0; i < 3_000; i++) {
      feed.told(List.of(told("s" + i, i, null)));
    }
    await(() -> target.attempts() > 1);
    target.answer(RecordingTarget.TAKEN);

    await(
        () -> {
          ConnectorStatus now = made.status();
          return now.sent() + now.droppedSessions() == 3_000;
        });
    assertThat(made.status().droppedSessions()).isPositive();
    assertThat(made.status().waiting()).isZero();
  }

  @Test
  void batch_isRefusedOnce_isTriedAgain() {
    SessionFeed feed = sessions(10);
    feed.told(List.of(told("a", 0, null)));
    target.answerNext(RecordingTarget.REFUSED, RecordingTarget.REFUSED);
    Connector made = connect(null, feed);

    made.begin(() -> START + 60_000);

    await(() -> made.status().sent() == 1);
    assertThat(made.status().refused()).isZero();
  }

  @Test
  void batch_isRefusedAgainAndAgain_isLeftOutAndCounted() {
    SessionFeed feed = sessions(10);
    feed.told(List.of(told("a", 0, null)));
    target.answerNext(RecordingTarget.REFUSED, RecordingTarget.REFUSED, RecordingTarget.REFUSED);
    Connector made = connect(null, feed);
    made.begin(() -> START + 60_000);
    await(() -> made.status().refused() == 1);

    feed.told(List.of(told("b", 0, null)));

    await(() -> made.status().sent() == 1);
    assertThat(taken(ExportEvent::key)).containsExactly(Long.toString(SessionHash.of("b")));
    assertThat(log).contains("the connector lake has left out 1 that were refused: no");
  }

  @Test
  void batch_ofWhichSomeAreRefused_isNotSentAgain() {
    SessionFeed feed = sessions(10);
    feed.told(List.of(told("a", 0, null), told("b", 0, null)));
    target.answerNext(new Receipt(new Delivery.Delivered("1 was too long"), 1));
    Connector made = connect(null, feed);

    made.begin(() -> START + 60_000);

    await(() -> made.status().sent() == 1);
    assertThat(made.status().refused()).isEqualTo(1);
    assertThat(made.status().problem()).contains("1 was too long");
    assertThat(target.attempts()).isEqualTo(1);
  }

  @Test
  void close_leavesThePlaceToGoOnAt() throws Exception {
    cube.add(told("a", 0, null).delta());
    SessionFeed feed = sessions(10);
    feed.told(List.of(told("a", 0, null)));
    feed.advanced(START + 120_000);
    Connector made = connect(sums(), feed);
    made.begin(() -> START + 120_000);
    await(() -> made.status().sent() == 2 && made.status().lagMillis() == 0);

    made.close();

    Place place = Place.read(folder.resolve("lake.json"), new Place(0, 0, 0));
    assertThat(place).isEqualTo(new Place(START + 110_000, START + 90_000, START + 120_000));
  }

  @Test
  void close_whileTheTargetIsAway_keepsThePlaceOfWhatWaits() throws Exception {
    SessionFeed feed = sessions(10);
    feed.told(List.of(told("a", 40_000, null)));
    feed.advanced(START + 120_000);
    target.answer(RecordingTarget.AWAY);
    Connector made = connect(null, feed);
    made.begin(() -> START + 120_000);
    await(() -> target.attempts() > 0);

    made.close();

    Place place = Place.read(folder.resolve("lake.json"), new Place(0, 0, 0));
    assertThat(place.sessionsMillis()).isEqualTo(START + 10_000);
  }

  @Test
  void place_thatIsDamaged_isSaid() throws Exception {
    Path file = folder.resolve("lake.json");
    Files.writeString(file, "{\"sums\": \"yesterday\"}");

    assertThatThrownBy(() -> Place.read(file, new Place(0, 0, 0))).isInstanceOf(IOException.class);
    assertThat(Place.read(folder.resolve("none.json"), new Place(1, 2, 3)))
        .isEqualTo(new Place(1, 2, 3));
  }
}
