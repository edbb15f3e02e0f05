package io.aircheck.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.CopyDirectory.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every directory of copies must do alike; two processes look at it. */
public abstract class CopyDirectoryContract {
  private static final Duration LEASE = Duration.ofSeconds(100);
  private static final Copy A = copy("a");
  private static final Copy B = copy("b");

  private CopyDirectory one;
  private CopyDirectory two;

  /** An empty directory as a first process sees it. */
  protected abstract CopyDirectory open();

  /** The same directory as another process sees it. */
  protected abstract CopyDirectory openAgain();

  /** Lets the clock of the directory go on. */
  protected abstract void pass(Duration time);

  private static Copy copy(String id) {
    return new Copy(
        id, "http://" + id, Copy.Role.ALL, "1", List.of("video.*"), Map.of("region", "eu"), 2.5);
  }

  @BeforeEach
  void openBoth() {
    one = open();
    two = openAgain();
  }

  @AfterEach
  void closeBoth() {
    two.close();
    one.close();
  }

  @Test
  void join_copy_isSeenByOthersAsItIs() {
    one.join(A, LEASE);
    two.join(B, LEASE);

    assertThat(two.members())
        .containsExactly(new Member(A, false, true), new Member(B, false, true));
  }

  @Test
  void renew_inTime_keepsAliveAndLate_doesNot() {
    one.join(A, LEASE);
    pass(Duration.ofSeconds(60));
    assertThat(one.renew("a", LEASE)).isTrue();
    pass(Duration.ofSeconds(60));
    assertThat(two.members()).containsExactly(new Member(A, false, true));

    pass(Duration.ofSeconds(41));
    assertThat(two.members()).containsExactly(new Member(A, false, false));
    assertThat(one.renew("a", LEASE)).isFalse();
    assertThat(one.renew("nobody", LEASE)).isFalse();
  }

  @Test
  void drain_copy_staysMarkedWhenItJoinsAgainUntilItLeaves() {
    one.join(A, LEASE);
    two.drain("a");
    one.join(A, LEASE);
    assertThat(one.members()).containsExactly(new Member(A, true, true));

    one.leave("a");
    assertThat(two.members()).isEmpty();
  }

  @Test
  void lead_heldByOne_isNotTakenUntilItRunsOut() {
    long first = one.lead("a", LEASE).orElseThrow();
    assertThat(two.lead("b", LEASE)).isEmpty();
    assertThat(one.lead("a", LEASE)).hasValue(first);

    pass(Duration.ofSeconds(101));
    long second = two.lead("b", LEASE).orElseThrow();
    assertThat(second).isGreaterThan(first);
    assertThat(one.lead("a", LEASE)).isEmpty();
  }

  @Test
  void resign_leader_letsAnotherOneLeadAtOnce() {
    long first = one.lead("a", LEASE).orElseThrow();
    two.resign("b");
    assertThat(two.lead("b", LEASE)).isEmpty();

    assertThat(two.leader()).contains("a");

    one.resign("a");

    assertThat(two.leader()).isEmpty();
    assertThat(two.lead("b", LEASE).orElseThrow()).isGreaterThan(first);
  }

  @Test
  void announceChange_ofOne_isCountedByTheOther() {
    long before = two.changes();
    one.announceChange();

    assertThat(two.changes()).isEqualTo(before + 1);
  }

  @Test
  void assign_ofATermThatIsOver_changesNothing() {
    long old = one.lead("a", LEASE).orElseThrow();
    pass(Duration.ofSeconds(101));
    assertThat(one.assign(old, List.of(new Place("news", "all", "a")))).isFalse();

    long current = two.lead("b", LEASE).orElseThrow();
    assertThat(two.assign(current, List.of(new Place("news", "all", "b")))).isTrue();
    assertThat(one.assign(old, List.of())).isFalse();
    assertThat(one.assignments()).extracting(Assignment::copy).containsExactly("b");
  }

  @Test
  void assign_shareThatMoves_getsANewEpochAndOthersKeepTheirs() {
    long term = one.lead("a", LEASE).orElseThrow();
    one.assign(term, List.of(new Place("news", "s", "a"), new Place("film", "s", "a")));
    List<Assignment> before = two.assignments();
    assertThat(before).extracting(Assignment::stream).containsExactly("film", "news");
    assertThat(two.assignments("news")).containsExactly(before.getLast());

    one.assign(term, List.of(new Place("news", "s", "b"), new Place("film", "s", "a")));
    List<Assignment> after = two.assignments();
    assertThat(after.getFirst()).isEqualTo(before.getFirst());
    assertThat(after.getLast().epoch())
        .isGreaterThan(before.stream().mapToLong(Assignment::epoch).max().orElseThrow());

    one.assign(term, List.of());
    one.assign(term, List.of(new Place("news", "s", "b")));
    assertThat(two.assignments().getFirst().epoch()).isGreaterThan(after.getLast().epoch());
  }

  @Test
  void assign_shareTwice_isRefusedAsAWhole() {
    long term = one.lead("a", LEASE).orElseThrow();
    one.assign(term, List.of(new Place("film", "s", "a")));

    assertThatThrownBy(
            () ->
                one.assign(term, List.of(new Place("news", "s", "a"), new Place("news", "s", "b"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(two.assignments()).extracting(Assignment::stream).containsExactly("film");
  }

  @Test
  void holds_movedOrLapsed_isFalse() {
    one.join(A, LEASE);
    two.join(B, LEASE);
    long term = one.lead("a", LEASE).orElseThrow();
    one.assign(term, List.of(new Place("news", "s", "a")));
    Assignment first = one.assignments().getFirst();
    assertThat(two.holds(first)).isTrue();

    one.assign(term, List.of(new Place("news", "s", "b")));
    Assignment second = one.assignments().getFirst();
    assertThat(one.holds(first)).isFalse();
    assertThat(two.holds(second)).isTrue();

    pass(Duration.ofSeconds(101));
    assertThat(two.holds(second)).isFalse();
  }
}
