package io.aircheck.app.serve.copies;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.Copy;
import io.aircheck.core.copies.CopyDirectory.Member;
import io.aircheck.core.copies.CopyDirectory.Place;
import io.aircheck.core.copies.Division;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which copy has the viewers. */
class ViewersShareTest {
  private static final List<Assignment> NOWHERE = List.of();

  private static Copy copy(String id, Copy.Role role) {
    return new Copy(id, "", role, "1", List.of(), Map.of(), role == Copy.Role.API ? 0 : 2);
  }

  private static Member member(String id, Copy.Role role) {
    return new Member(copy(id, role), false, true);
  }

  private static List<Assignment> at(String copy) {
    return List.of(
        new Assignment("news", Division.WHOLE, "c", 1),
        new Assignment(ViewersShare.STREAM, Division.WHOLE, copy, 2));
  }

  private static Optional<String> placed(List<Member> members, List<Assignment> now) {
    Map<String, Double> cores = Map.of("a", 1.5, "b", 0.5);
    return ViewersShare.place(members, now, copy -> cores.getOrDefault(copy.id(), 0.0))
        .map(Place::copy);
  }

  @Test
  void place_ofNew_isWhereLeastIsDone() {
    assertThat(placed(List.of(member("a", Copy.Role.ALL), member("b", Copy.Role.ALL)), NOWHERE))
        .contains("b");
  }

  @Test
  void place_ofNew_isRatherWhereRequestsAreAnswered() {
    assertThat(
            placed(List.of(member("a", Copy.Role.ALL), member("idle", Copy.Role.WORKER)), NOWHERE))
        .contains("a");
    assertThat(placed(List.of(member("a", Copy.Role.ALL), member("idle", Copy.Role.API)), NOWHERE))
        .contains("idle");
  }

  @Test
  void place_whereTheyAre_staysWhoeverElseHasLessToDo() {
    assertThat(placed(List.of(member("a", Copy.Role.WORKER), member("b", Copy.Role.ALL)), at("a")))
        .contains("a");
  }

  @Test
  void place_ofACopyThatIsDeadOrIsBeingStopped_isAnother() {
    Member other = member("b", Copy.Role.ALL);
    Member stopping = new Member(copy("a", Copy.Role.ALL), true, true);
    Member dead = new Member(copy("a", Copy.Role.ALL), false, false);

    assertThat(placed(List.of(stopping, other), at("a"))).contains("b");
    assertThat(placed(List.of(dead, other), at("a"))).contains("b");
    assertThat(placed(List.of(dead), at("a"))).isEmpty();
  }
}
