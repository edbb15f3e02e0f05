package io.aircheck.experience.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AdtributorTest {
  private static final Adtributor BEST = new Adtributor(0.1, 0.67, 1);

  @Test
  void oneCdnOfThree_threeTimesWorse_hasAllExplanatoryPowerAndItsSurprise() {
    List<Cause> causes = BEST.find(Faults.sums(leaf -> leaf.cdn().equals("cdn-b") ? 3 : 1));

    assertThat(places(causes)).containsExactly(Faults.where("cdn", "cdn-b"));
    assertThat(causes.getFirst().share()).isEqualTo(1, offset(1e-9));
    // A third of the forecast, three fifths of what came.
    double p = 1.0 / 3;
    double q = 3.0 / 5;
    double surprise = (p * Math.log(2 * p / (p + q)) + q * Math.log(2 * q / (p + q))) / 2;
    assertThat(causes.getFirst().score()).isEqualTo(surprise, offset(1e-9));
  }

  @Test
  void ratioOfOneCdn_isFound() {
    assertThat(places(BEST.find(Faults.ratios(leaf -> leaf.cdn().equals("cdn-b") ? 3 : 1))))
        .containsExactly(Faults.where("cdn", "cdn-b"));
  }

  @Test
  void twoCdnsOfThree_areNamedTogether() {
    assertThat(places(BEST.find(Faults.sums(leaf -> leaf.cdn().equals("cdn-c") ? 1 : 3))))
        .containsExactlyInAnyOrder(Faults.where("cdn", "cdn-a"), Faults.where("cdn", "cdn-b"));
  }

  @Test
  void nothingWrong_hasNoCause() {
    assertThat(BEST.find(Faults.sums(leaf -> 1))).isEmpty();
    assertThat(BEST.find(LeafTable.ofSum(Faults.DIMENSIONS).build())).isEmpty();
  }

  private static List<Combination> places(List<Cause> causes) {
    return causes.stream().map(Cause::where).toList();
  }
}
