package io.aircheck.experience.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RiskLocTest {
  private static final RiskLoc RISK = RiskLoc.PUBLISHED;

  @Test
  void oneCdnOfThree_threeTimesWorse_isFoundWithItsRisk() {
    List<Cause> causes = RISK.find(Faults.sums(leaf -> leaf.cdn().equals("cdn-b") ? 3 : 1));

    // 12 leaves that deviate by 1 and alike, none that is normal: 12 / (12 + 0 + 1).
    assertThat(places(causes)).containsExactly(Faults.where("cdn", "cdn-b"));
    assertThat(causes.getFirst().score()).isEqualTo(12.0 / 13, offset(1e-9));
    assertThat(causes.getFirst().share()).isEqualTo(1, offset(1e-9));
  }

  @Test
  void oneCountryOfOneCdn_isNamedByBoth() {
    List<Cause> causes =
        RISK.find(
            Faults.sums(leaf -> leaf.cdn().equals("cdn-b") && leaf.country().equals("IT") ? 4 : 1));

    assertThat(places(causes)).containsExactly(Faults.where("cdn", "cdn-b", "country", "IT"));
  }

  @Test
  void twoCausesAtTheSameTime_areBothFound() {
    List<Cause> causes =
        RISK.find(
            Faults.sums(
                leaf -> leaf.cdn().equals("cdn-b") ? 3 : leaf.device().equals("tv") ? 2 : 1));

    assertThat(places(causes))
        .containsExactly(Faults.where("cdn", "cdn-b"), Faults.where("device", "tv"));
  }

  @Test
  void fallAndRatio_areFoundAsWell() {
    assertThat(places(RISK.find(Faults.sums(leaf -> leaf.country().equals("FR") ? 0.2 : 1))))
        .containsExactly(Faults.where("country", "FR"));
    assertThat(places(RISK.find(Faults.ratios(leaf -> leaf.cdn().equals("cdn-b") ? 3 : 1))))
        .containsExactly(Faults.where("cdn", "cdn-b"));
  }

  @Test
  void nothingWrong_hasNoCause() {
    assertThat(RISK.find(Faults.sums(leaf -> 1))).isEmpty();
    assertThat(RISK.find(LeafTable.ofSum(Faults.DIMENSIONS).build())).isEmpty();
  }

  private static List<Combination> places(List<Cause> causes) {
    return causes.stream().map(Cause::where).toList();
  }
}
