package io.aircheck.app.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.settings.WatchingMode;
import io.aircheck.app.serve.streams.Admission.Applicant;
import io.aircheck.app.serve.streams.Admission.Load;
import io.aircheck.app.serve.streams.Admission.Place;
import io.aircheck.app.serve.streams.FreeCores.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A machine of which two cores may be used, looked at every five seconds. */
class AdmissionTest {
  private static final long STEP_MILLIS = 5_000;

  private final Admission admission = new Admission();
  private final List<Applicant> applicants = new ArrayList<>();
  private long now;

  private void stream(String id, WatchingMode mode, int priority) {
    stream(id, mode, priority, 0);
  }

  private void stream(String id, WatchingMode mode, int priority, long healthySince) {
    applicants.add(new Applicant(id, mode, priority, 0, healthySince));
    admission.admit(applicants);
  }

  private static Load load(double usedCores, boolean late, Map<String, Double> byStream) {
    return new Load(List.of(new Machine("m", 2, usedCores)), late, byStream);
  }

  /** So many watch a stream from now on. */
  private void viewers(String id, long viewers) {
    applicants.replaceAll(
        one ->
            one.id().equals(id)
                ? new Applicant(id, one.mode(), one.priority(), viewers, one.healthySinceMillis())
                : one);
  }

  /** Lets time pass with a load; each stream costs the same in full, and a fifth of it lightly. */
  private void pass(double seconds, double coresInFull) {
    for (long end = now + (long) (seconds * 1000); now < end; ) {
      now += STEP_MILLIS;
      Map<String, Double> each = new TreeMap<>();
      for (Applicant one : applicants) {
        switch (admission.place(one.id())) {
          case FULL -> each.put(one.id(), coresInFull);
          case LIGHT -> each.put(one.id(), coresInFull / 5);
          case WAITING -> {}
        }
      }
      double used = each.values().stream().mapToDouble(Double::doubleValue).sum();
      admission.rebalance(now, applicants, load(used, false, each));
    }
  }

  private Map<String, Place> places() {
    Map<String, Place> places = new TreeMap<>();
    applicants.forEach(one -> places.put(one.id(), admission.place(one.id())));
    return places;
  }

  @Test
  void admit_roomForAll_isWatchedAsDeclared() {
    stream("a", WatchingMode.AUTO, 50);
    stream("b", WatchingMode.LIGHT, 50);
    stream("c", WatchingMode.FULL, 50);

    pass(60, 0.1);

    assertThat(places()).isEqualTo(Map.of("a", Place.FULL, "b", Place.LIGHT, "c", Place.FULL));
    assertThat(admission.full()).isFalse();
  }

  @Test
  void rebalance_tooFull_leastPriorityIsWatchedLightlyFirst() {
    stream("gold", WatchingMode.AUTO, 90);
    stream("bronze", WatchingMode.AUTO, 10);
    stream("silver", WatchingMode.AUTO, 50);
    stream("fixed", WatchingMode.FULL, 0);

    // 2.4 cores of 2; without bronze and silver 1.44, which is below four fifths of the limit.
    pass(15, 0.6);

    assertThat(places())
        .isEqualTo(
            Map.of(
                "gold", Place.FULL,
                "silver", Place.LIGHT,
                "bronze", Place.LIGHT,
                "fixed", Place.FULL));
  }

  @Test
  void rebalance_equalPriority_longestHealthyIsFirst() {
    stream("a", WatchingMode.AUTO, 50, 900);
    stream("b", WatchingMode.AUTO, 50, 100);
    stream("c", WatchingMode.AUTO, 50, 500);

    // 2.01 cores: one stream less is enough.
    pass(15, 0.67);

    assertThat(places()).isEqualTo(Map.of("a", Place.FULL, "b", Place.LIGHT, "c", Place.FULL));
  }

  @Test
  void rebalance_equalPriority_fewestViewersAreFirstAndPriorityCountsForMore() {
    stream("popular", WatchingMode.AUTO, 50);
    stream("quiet", WatchingMode.AUTO, 50);
    stream("humble", WatchingMode.AUTO, 10);
    viewers("popular", 900);
    viewers("quiet", 20);
    viewers("humble", 5_000);

    // 2.4 cores of 2; without humble and quiet 1.12.
    pass(15, 0.8);

    assertThat(places())
        .isEqualTo(Map.of("popular", Place.FULL, "quiet", Place.LIGHT, "humble", Place.LIGHT));
  }

  @Test
  void rebalance_roomAgain_mostViewersReturnFirst() {
    stream("a", WatchingMode.AUTO, 50);
    stream("b", WatchingMode.AUTO, 50);
    pass(15, 1.5);
    assertThat(places()).isEqualTo(Map.of("a", Place.LIGHT, "b", Place.LIGHT));
    viewers("b", 7);

    while (!places().containsValue(Place.FULL)) {
      pass(5, 0.5);
    }

    assertThat(places()).isEqualTo(Map.of("a", Place.LIGHT, "b", Place.FULL));
  }

  @Test
  void rebalance_evenLightDoesNotFit_fewestViewersWait() {
    stream("oldest", WatchingMode.FULL, 50);
    stream("newest", WatchingMode.FULL, 50);
    viewers("newest", 3);

    pass(80, 1.5);

    assertThat(places()).isEqualTo(Map.of("oldest", Place.WAITING, "newest", Place.FULL));
  }

  @Test
  void rebalance_shortPeak_changesNothing() {
    stream("a", WatchingMode.AUTO, 50);
    pass(5, 3);
    pass(5, 1);
    pass(5, 3);

    assertThat(places()).containsEntry("a", Place.FULL);
  }

  @Test
  void rebalance_roomAgain_mostImportantReturnsFirstAndOnlyWhenItFits() {
    stream("a", WatchingMode.AUTO, 10);
    stream("b", WatchingMode.AUTO, 90);
    stream("c", WatchingMode.AUTO, 50);
    pass(20, 2.4);
    assertThat(places().values()).containsOnly(Place.LIGHT);

    // They become cheaper: 0.5 in full, 0.1 lightly.
    while (!places().containsValue(Place.FULL)) {
      pass(5, 0.5);
    }
    assertThat(places()).isEqualTo(Map.of("a", Place.LIGHT, "b", Place.FULL, "c", Place.LIGHT));
    pass(300, 0.5);
    assertThat(places().values()).containsOnly(Place.FULL);
  }

  @Test
  void rebalance_returningWouldFillTheMachine_staysLight() {
    stream("a", WatchingMode.AUTO, 50);
    stream("b", WatchingMode.FULL, 50);
    pass(15, 1.2);
    assertThat(places()).containsEntry("a", Place.LIGHT);

    // 1.2 + 0.24 cores is below 1.6, but 2.4 is not: it neither returns nor flaps.
    for (int i = 0; i < 100; i++) {
      pass(5, 1.2);
      assertThat(places()).containsEntry("a", Place.LIGHT);
    }
  }

  @Test
  void rebalance_evenLightDoesNotFit_newestOfLeastPriorityWaits() {
    stream("old", WatchingMode.AUTO, 50);
    stream("important", WatchingMode.AUTO, 60);
    stream("new", WatchingMode.AUTO, 50);

    // 3.6 cores lightly watched; 2.4 with one stream less, 1.2 with two less.
    pass(30, 6);
    assertThat(places().values()).containsOnly(Place.LIGHT);
    pass(60, 6);
    assertThat(places())
        .isEqualTo(Map.of("old", Place.LIGHT, "important", Place.LIGHT, "new", Place.WAITING));
    pass(60, 6);
    assertThat(places())
        .isEqualTo(Map.of("old", Place.WAITING, "important", Place.LIGHT, "new", Place.WAITING));
    pass(300, 6);
    assertThat(places()).containsEntry("important", Place.LIGHT);
  }

  @Test
  void admit_machineFull_newStreamWaitsUntilThereIsRoom() {
    stream("a", WatchingMode.FULL, 50);
    pass(30, 2.2);
    assertThat(admission.full()).isTrue();

    stream("b", WatchingMode.FULL, 90);
    assertThat(places()).containsEntry("a", Place.FULL).containsEntry("b", Place.WAITING);
    pass(60, 0.4);

    assertThat(places()).containsEntry("b", Place.FULL);
  }

  @Test
  void admit_firstStreamIsBeingCompiled_othersDoNotWait() {
    stream("a", WatchingMode.AUTO, 50);
    pass(10, 1.9);

    stream("b", WatchingMode.AUTO, 50);
    stream("c", WatchingMode.AUTO, 50);

    assertThat(places().values()).containsOnly(Place.FULL);
    assertThat(admission.full()).isFalse();
  }

  @Test
  void admit_manyAtOnceWhenCostsAreKnown_onlyThoseThatFitAreTaken() {
    stream("a", WatchingMode.FULL, 50);
    pass(60, 0.6);

    // 0.6 cores each, 2 may be used.
    for (String id : List.of("b", "c", "d")) {
      stream(id, WatchingMode.FULL, 50);
    }

    assertThat(places())
        .isEqualTo(Map.of("a", Place.FULL, "b", Place.FULL, "c", Place.FULL, "d", Place.WAITING));
  }

  @Test
  void admit_roomForLightOnly_isWatchedLightly() {
    stream("a", WatchingMode.FULL, 50);
    pass(30, 1.5);

    // As much as a again would be 3 cores; three tenths of it fit.
    stream("b", WatchingMode.AUTO, 50);

    assertThat(places()).containsEntry("b", Place.LIGHT);
  }

  @Test
  void rebalance_late_countsAsFull() {
    stream("a", WatchingMode.AUTO, 50);
    for (int i = 1; i <= 3; i++) {
      admission.rebalance(i * STEP_MILLIS, applicants, load(0.5, true, Map.of("a", 0.5)));
    }

    assertThat(places()).containsEntry("a", Place.LIGHT);
  }

  /** Workers of a cluster that may use two cores each. */
  private void workers(double... used) {
    now += STEP_MILLIS;
    List<Machine> workers = new ArrayList<>();
    Map<String, Double> each = new TreeMap<>();
    for (int i = 0; i < used.length; i++) {
      workers.add(new Machine("worker " + i, 2, used[i]));
    }
    applicants.forEach(one -> each.put(one.id(), 0.5));
    admission.rebalance(now, applicants, new Load(workers, false, each));
  }

  @Test
  void admit_roomInPiecesOnly_newStreamWaits() {
    stream("a", WatchingMode.FULL, 50);
    for (int i = 0; i < 6; i++) {
      workers(1.6, 1.7, 1.8);
    }

    // 0.9 cores are left of all, and no more than 0.4 of one.
    stream("b", WatchingMode.FULL, 50);

    assertThat(places()).isEqualTo(Map.of("a", Place.FULL, "b", Place.WAITING));
  }

  @Test
  void admit_oneWorkerHasRoom_isTakenUntilThatIsFullToo() {
    stream("a", WatchingMode.FULL, 50);
    for (int i = 0; i < 6; i++) {
      workers(3, 0.9);
    }

    stream("b", WatchingMode.FULL, 50);
    stream("c", WatchingMode.FULL, 50);
    stream("d", WatchingMode.FULL, 50);

    assertThat(places())
        .isEqualTo(Map.of("a", Place.FULL, "b", Place.FULL, "c", Place.FULL, "d", Place.WAITING));
  }

  @Test
  void admit_anotherWorkerComes_hasRoomAtOnce() {
    stream("a", WatchingMode.FULL, 50);
    for (int i = 0; i < 6; i++) {
      workers(2);
    }
    assertThat(admission.full()).isTrue();

    workers(2, 0);

    assertThat(admission.full()).isFalse();
  }

  @Test
  void admit_noWorkerHasSaidAnything_isTaken() {
    stream("a", WatchingMode.FULL, 50);
    for (int i = 0; i < 20; i++) {
      workers();
    }

    stream("b", WatchingMode.FULL, 50);

    assertThat(places().values()).containsOnly(Place.FULL);
    assertThat(admission.full()).isFalse();
  }

  @Test
  void admit_streamGone_isForgotten() {
    stream("a", WatchingMode.LIGHT, 50);
    applicants.clear();
    admission.admit(applicants);

    assertThat(admission.place("a")).isEqualTo(Place.FULL);
  }
}
