package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.incidents.IncidentDesk;
import io.aircheck.app.serve.incidents.LeaderDesk;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.CopyDirectory.Place;
import io.aircheck.core.copies.Division;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.copies.Placement;
import io.aircheck.core.copies.Share;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.store.ServiceStore;
import io.aircheck.storage.sql.PostgresCopies;
import io.aircheck.storage.sql.SqlStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Observations of many streams without media, through a real database to the copy that leads.
 * {@code -Daircheck.streams=10000} is the run of the benchmarks.
 */
@Tag("slow")
class CopiesLoadTest {
  private static final int STREAMS = Integer.getInteger("aircheck.streams", 200);
  private static final int COPIES = 10;
  private static final int PATIENCE_SECONDS = 300;
  private static final Duration LEASE = Duration.ofMinutes(10);

  private static List<Share> shares() {
    return IntStream.range(0, STREAMS)
        .mapToObj(i -> new Share("s" + i, Division.WHOLE, Map.of(), Set.of("video.black"), 0.001))
        .toList();
  }

  private static Copy copy(int number) {
    return new Copy(
        "c" + number,
        "http://c" + number,
        Copy.Role.WORKER,
        "1",
        List.of("*"),
        Map.of(),
        STREAMS / 1000.0);
  }

  @Test
  void observations_ofAllStreamsAtOnce_areAllMadeIncidentsOf() throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start()) {
      String address = "postgresql://localhost:" + server.getPort() + "/postgres";
      PostgresCopies copies = new PostgresCopies(address, "postgres", "");
      try (ServiceStore store = SqlStore.sharedPostgres(address, "postgres", "");
          CopyDirectory directory = copies.directory();
          IncidentExchange exchange = copies.exchange()) {
        run(copies, store, directory, exchange);
      }
    }
  }

  private static void run(
      PostgresCopies copies, ServiceStore store, CopyDirectory directory, IncidentExchange exchange)
      throws Exception {
    List<Member> members = IntStream.range(0, COPIES).mapToObj(CopiesLoadTest::member).toList();
    members.forEach(member -> directory.join(member.copy(), LEASE));
    long term = directory.lead("c0", LEASE).orElseThrow();
    long start = System.nanoTime();
    List<Place> places = Placement.of(shares(), members, List.of()).places();
    long placed = System.nanoTime();
    directory.assign(term, places);
    long assigned = System.nanoTime();
    List<Assignment> assignments = directory.assignments();
    assertThat(assignments).hasSize(STREAMS);

    AtomicInteger stored = new AtomicInteger();
    long[] delays = new long[STREAMS];
    CountDownLatch all = new CountDownLatch(STREAMS);
    LeaderDesk desk =
        new LeaderDesk(
            exchange,
            store.incidents(),
            term,
            sent -> InputText.read(sent, stream -> IncidentPolicy.DEFAULT, stream -> Set.of()),
            IncidentDesk.Streams.plain(IncidentPolicy.DEFAULT),
            () -> new Routing(List.of(), List.of()),
            System::currentTimeMillis,
            LEASE,
            () -> {},
            line -> {});
    List<AutoCloseable> open = new ArrayList<>();
    try (ChangeFeed feed =
        new ChangeFeed(
            copies.exchange(),
            changes ->
                changes.forEach(
                    change -> {
                      long opened = change.incident().openedMillis();
                      delays[stored.getAndIncrement()] = System.currentTimeMillis() - opened;
                      all.countDown();
                    }))) {
      feed.start();
      desk.start();
      List<SharedIncidents> watching = new ArrayList<>();
      for (Member member : members) {
        String id = member.copy().id();
        IncidentExchange own = copies.exchange();
        SharedIncidents incidents =
            new SharedIncidents(
                store.incidents(), own, new InputSender(own, id), id, System::currentTimeMillis);
        incidents.hold(Holdings.of(id, assignments));
        watching.add(incidents);
        open.add(incidents);
        open.add(own);
      }
      long observed = System.nanoTime();
      for (Assignment share : assignments) {
        watching.get(Integer.parseInt(share.copy().substring(1))).observed(black(share.stream()));
      }
      assertThat(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      double seconds = (System.nanoTime() - observed) / 1e9;
      Arrays.sort(delays);
      Runtime.getRuntime().gc();
      System.out.printf(
          "%d streams on %d copies: placed in %d ms, assigned in %d ms; an incident on each at"
              + " once: %.0f a second, told after %d ms (median) and %d ms (all); heap %d MB%n",
          STREAMS,
          COPIES,
          (placed - start) / 1_000_000,
          (assigned - placed) / 1_000_000,
          STREAMS / seconds,
          delays[STREAMS / 2],
          delays[STREAMS - 1],
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1_000_000);
    } finally {
      desk.close();
      for (AutoCloseable one : open) {
        one.close();
      }
    }
    assertThat(stored).hasValue(STREAMS);
    assertThat(desk.streams()).hasSize(STREAMS);
  }

  private static Member member(int number) {
    return new Member(copy(number), false, true);
  }

  private static StreamObservation black(String stream) {
    return new StreamObservation(
        stream,
        null,
        Point.MONITORED,
        System.currentTimeMillis(),
        new Observation.Opened(
            new Finding(
                "video.black/video:0/1",
                "video.black",
                0,
                2_000_000,
                Severity.ERROR,
                1,
                "video:0",
                null,
                Map.of("luma", 16.0),
                "The picture is black.")));
  }
}
