package io.aircheck.core.copies;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.CopyDirectory.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static Copy copy(String id, double capacity) {
    return new Copy(id, "", Copy.Role.WORKER, "1", List.of("*"), Map.of(), capacity);
  }

  private static Member alive(Copy copy) {
    return new Member(copy, false, true);
  }

  private static List<Share> streams(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Share("s%02d".formatted(i), "all", Map.of(), Set.of("video.freeze"), 1))
        .toList();
  }

  private static List<Assignment> assigned(Placement placement) {
    return placement.places().stream()
        .map(p -> new Assignment(p.stream(), p.share(), p.copy(), 1))
        .toList();
  }

  private static Map<String, Long> counts(Placement placement) {
    return placement.places().stream()
        .collect(Collectors.groupingBy(Place::copy, Collectors.counting()));
  }

  private static long moves(Placement from, Placement to) {
    return to.places().stream().filter(place -> !from.places().contains(place)).count();
  }

  @Test
  void of_capacities1To3_placesInProportion() {
    Placement placement =
        Placement.of(streams(12), List.of(alive(copy("a", 10)), alive(copy("b", 30))), List.of());

    assertThat(counts(placement)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 3L, "b", 9L));
    assertThat(placement.waiting()).isEmpty();
  }

  @Test
  void of_thirdCopyOfEqualCapacity_getsAThirdAndNothingElseMoves() {
    Member a = alive(copy("a", 20));
    Member b = alive(copy("b", 20));
    Placement two = Placement.of(streams(12), List.of(a, b), List.of());
    Placement three =
        Placement.evenly(
            streams(12), List.of(a, b, alive(copy("c", 20))), assigned(two), Set.of("c"));

    assertThat(counts(three)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 4L, "b", 4L, "c", 4L));
    assertThat(moves(two, three)).isEqualTo(4);
  }

  @Test
  void of_deadOrDrainingCopy_givesAllAwayAndOnlyThat() {
    Copy c = copy("c", 20);
    Member a = alive(copy("a", 20));
    Member b = alive(copy("b", 20));
    Placement three = Placement.of(streams(12), List.of(a, b, alive(c)), List.of());
    for (Member gone : List.of(new Member(c, false, false), new Member(c, true, true))) {
      Placement two = Placement.of(streams(12), List.of(a, b, gone), assigned(three));
      assertThat(counts(two)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 6L, "b", 6L));
      assertThat(moves(three, two)).isEqualTo(4);
    }
  }

  @Test
  void of_placedBefore_isAFixedPoint() {
    List<Member> members = List.of(alive(copy("a", 7)), alive(copy("b", 11)), alive(copy("c", 5)));
    Placement first = Placement.of(streams(19), members, List.of());

    assertThat(Placement.evenly(streams(19), members, assigned(first), Set.of())).isEqualTo(first);
  }

  @Test
  void of_moreThanThereIsRoom_waits() {
    Placement placement = Placement.of(streams(5), List.of(alive(copy("a", 3))), List.of());

    assertThat(placement.places()).hasSize(3);
    assertThat(placement.waiting()).extracting(Share::stream).containsExactly("s03", "s04");
  }

  @Test
  void of_labelsAndDetectors_areThoseOfTheCopy() {
    Copy eu =
        new Copy("eu", "", Copy.Role.ALL, "1", List.of("video.*"), Map.of("region", "eu"), 10);
    Copy api = new Copy("api", "", Copy.Role.API, "1", List.of("*"), Map.of(), 10);
    Share fits = new Share("1", "v", Map.of("region", "eu"), Set.of("video.freeze"), 1);
    Share elsewhere = new Share("2", "v", Map.of("region", "us"), Set.of("video.freeze"), 1);
    Share sound = new Share("3", "a", Map.of("region", "eu"), Set.of("audio.hum"), 1);

    Placement placement =
        Placement.of(List.of(fits, elsewhere, sound), List.of(alive(eu), alive(api)), List.of());

    assertThat(placement.places()).containsExactly(new Place("1", "v", "eu"));
    assertThat(placement.waiting()).containsExactly(elsewhere, sound);
  }

  @Test
  void of_anyCostsAndCapacities_placesOnceWithinCapacityAndIsAFixedPoint() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Share> shares =
          IntStream.range(0, random.nextInt(60))
              .mapToObj(
                  i -> new Share("s" + i, "all", Map.of(), Set.of("k"), 0.1 + random.nextDouble()))
              .toList();
      List<Member> members =
          IntStream.range(0, 1 + random.nextInt(5))
              .mapToObj(i -> alive(copy("c" + i, 1 + 20 * random.nextDouble())))
              .toList();

      Placement first = Placement.of(shares, members, List.of());
      Placement again = Placement.evenly(shares, members, assigned(first), Set.of());

      assertThat(first.places()).extracting(Place::stream).doesNotHaveDuplicates();
      assertThat(first.places().size() + first.waiting().size()).isEqualTo(shares.size());
      for (Member member : members) {
        double cost =
            shares.stream()
                .filter(
                    s -> first.places().contains(new Place(s.stream(), "all", member.copy().id())))
                .mapToDouble(Share::cost)
                .sum();
        assertThat(cost).isLessThanOrEqualTo(member.copy().capacity() + 1e-6);
      }
      assertThat(again.places()).as("seed %d", seed).isEqualTo(first.places());
    }
  }

  /** A fleet of some copies with streams whose costs differ by a lot, placed by nobody's moves. */
  private static final class Running {
    private final Random random;
    private final List<Member> members = new ArrayList<>();
    private final List<Share> shares = new ArrayList<>();
    private Placement placement = new Placement(List.of(), List.of(), true);
    private int added;

    private Running(long seed) {
      random = new Random(seed);
      int copies = 2 + random.nextInt(4);
      for (int i = 0; i < copies; i++) {
        join();
      }
      IntStream.range(0, 60).forEach(i -> shares.add(share()));
      decide(Set.of());
    }

    private Copy join() {
      Copy copy = copy("c" + members.size(), 10 + 10 * random.nextDouble());
      members.add(alive(copy));
      return copy;
    }

    private Share share() {
      double cost = 0.02 + 0.4 * random.nextDouble();
      return new Share("s" + added++, "all", Map.of(), Set.of("k"), cost);
    }

    /** Decides, and returns how many shares have moved that were placed before. */
    private long decide(Set<String> joined) {
      Placement before = placement;
      placement = Placement.evenly(shares, members, assigned(before), joined);
      Set<String> there = shares.stream().map(Share::stream).collect(Collectors.toSet());
      return before.places().stream()
          .filter(place -> there.contains(place.stream()))
          .filter(place -> !placement.places().contains(place))
          .count();
    }

    private Map<String, Double> fullness() {
      Map<String, Double> costs =
          shares.stream().collect(Collectors.toMap(Share::stream, Share::cost));
      Map<String, Double> fullness = new TreeMap<>();
      for (Member member : members) {
        Copy copy = member.copy();
        double cost =
            placement.places().stream()
                .filter(place -> place.copy().equals(copy.id()))
                .mapToDouble(place -> costs.getOrDefault(place.stream(), 0.0))
                .sum();
        fullness.put(copy.id(), cost / copy.capacity());
      }
      return fullness;
    }
  }

  @Test
  void evenly_streamsThatComeAndGo_moveNoneOfTheOthers() {
    for (long seed = 0; seed < 200; seed++) {
      Running fleet = new Running(seed);
      for (int step = 0; step < 30; step++) {
        if (step % 2 == 0) {
          fleet.shares.add(fleet.share());
        } else {
          fleet.shares.remove(fleet.random.nextInt(fleet.shares.size()));
        }
        assertThat(fleet.decide(Set.of())).as("seed %d, step %d", seed, step).isZero();
      }
    }
  }

  @Test
  void evenly_copyThatJoined_getsItsPartInProportionToCapacityAndNothingElseMoves() {
    for (long seed = 0; seed < 200; seed++) {
      Running fleet = new Running(seed);
      Copy joined = fleet.join();
      Set<Place> before = Set.copyOf(fleet.placement.places());
      do {
        assertThat(fleet.decide(Set.of(joined.id()))).isLessThanOrEqualTo(Placement.MOST_MOVES);
      } while (!fleet.placement.settled());

      assertThat(fleet.placement.places())
          .as("seed %d", seed)
          .allMatch(place -> before.contains(place) || place.copy().equals(joined.id()));
      double part = fleet.fullness().getOrDefault(joined.id(), 0.0);
      assertThat(fleet.fullness().values()).allSatisfy(of -> assertThat(of).isCloseTo(part, EVEN));
      assertThat(fleet.decide(Set.of())).isZero();
    }
  }

  /** The dearest stream is as much of the smallest copy. */
  private static final Offset<Double> EVEN = Offset.offset(0.06);

  @Test
  void evenly_copiesThatDifferALot_moveUntilTheyDoNotAndFewAtATime() {
    Member a = alive(copy("a", 100));
    Member b = alive(copy("b", 100));
    List<Share> shares = streams(90);
    Placement placement = Placement.of(shares, List.of(a), List.of());
    int decisions = 0;
    do {
      Placement next = Placement.evenly(shares, List.of(a, b), assigned(placement), Set.of());
      assertThat(moves(placement, next)).isLessThanOrEqualTo(Placement.MOST_MOVES);
      placement = next;
      decisions++;
    } while (!placement.settled());

    assertThat(decisions).isEqualTo(3);
    assertThat(counts(placement)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 50L, "b", 40L));
  }

  @Test
  void of_copiesThatDifferALot_movesNothing() {
    Placement placement = Placement.of(streams(9), List.of(alive(copy("a", 10))), List.of());

    assertThat(
            Placement.of(
                    streams(9),
                    List.of(alive(copy("a", 10)), alive(copy("b", 10))),
                    assigned(placement))
                .places())
        .isEqualTo(placement.places());
  }
}
