package io.aircheck.experience.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.aircheck.experience.cause.Faults.Leaf;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LikelihoodScanTest {
  private static final LikelihoodScan SCAN = LikelihoodScan.DEFAULT;

  /** Independent events whose forecasts are a tenth off. */
  private static final Noise NOISE = new Noise(1, 0.1);

  @Test
  void oneCdnOfThree_threeTimesWorse_isTheWholeChange() {
    List<Cause> causes = SCAN.find(Faults.sums(leaf -> leaf.cdn().equals("cdn-b") ? 3 : 1));

    assertThat(places(causes)).containsExactly(Faults.where("cdn", "cdn-b"));
    assertThat(causes.getFirst().share()).isEqualTo(1, offset(1e-9));
    assertThat(Explanation.of("stalls", causes))
        .isEqualTo("stalls: 100 % of the change is in cdn=cdn-b");
  }

  @Test
  void score_ofOneCdn_isTheStatisticLessTheCostOfItsName() {
    List<Cause> causes =
        SCAN.find(
            Faults.sums(leaf -> leaf.cdn().equals("cdn-b") ? 3 : 1),
            Direction.RISE,
            new Noise(1, 0));

    // 12 leaves: 3600 where 1200 were expected; one of three values of one of three dimensions.
    double gain = 3600 * Math.log(3) + 1200 - 3600;
    assertThat(causes.getFirst().score()).isEqualTo(gain - 2 * Math.log(3), offset(1e-6));
  }

  /** All forecasts are a little low: the whole rises, and the fault is a fall. */
  @Test
  void faultAgainstTheErrorsOfForecasts_isFound() {
    LeafTable table =
        Faults.sums(leaf -> leaf.cdn().equals("cdn-b") && leaf.country().equals("DE") ? 0.3 : 1.1);

    assertThat(places(SCAN.find(table)))
        .containsExactly(Faults.where("cdn", "cdn-b", "country", "DE"));
  }

  /** Leaves of a fault are hit unequally, by more than counting explains. */
  @Test
  void oneCdnHitUnequally_isOneCause() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      LeafTable table =
          Faults.sums(
              leaf -> leaf.cdn().equals("cdn-b") ? 10 * Math.exp(0.5 * random.nextGaussian()) : 1);

      assertThat(places(SCAN.find(table, Direction.RISE, NOISE)))
          .as("seed %d", seed)
          .containsExactly(Faults.where("cdn", "cdn-b"));
    }
  }

  /** Where hardly anything was expected nothing came, also by the CDN that is hit. */
  @Test
  void oneCdnOfThree_amongManySmallLeaves_isFound() {
    LeafTable.Builder table = LeafTable.ofRatio(List.of("cdn", "title"));
    for (int title = 0; title < 40; title++) {
      for (String cdn : List.of("cdn-a", "cdn-b", "cdn-c")) {
        boolean large = title < 2;
        double usual = large ? 20 : 0.2;
        double came = large ? (cdn.equals("cdn-b") ? 60 : 20) : 0;
        table.add(List.of(cdn, "title " + title), came, usual, 50 * usual, 50 * usual);
      }
    }

    assertThat(places(SCAN.find(table.build(), Direction.RISE, NOISE)))
        .containsExactly(Faults.where("cdn", "cdn-b"));
  }

  @Test
  void oneCountryOfOneCdn_isNamedByBoth() {
    List<Cause> causes = SCAN.find(Faults.sums(leaf -> isItalyByB(leaf) ? 4 : 1));

    assertThat(places(causes)).containsExactly(Faults.where("cdn", "cdn-b", "country", "IT"));
  }

  @Test
  void twoCausesAtTheSameTime_haveTheirShares() {
    List<Cause> causes =
        SCAN.find(
            Faults.sums(
                leaf -> leaf.cdn().equals("cdn-b") ? 3 : leaf.device().equals("tv") ? 2 : 1),
            Direction.RISE,
            NOISE);

    // 12 leaves with 200 more each; 8 other ones with 100 more.
    assertThat(places(causes))
        .containsExactly(Faults.where("cdn", "cdn-b"), Faults.where("device", "tv"));
    assertThat(causes.get(0).share()).isEqualTo(0.75, offset(1e-9));
    assertThat(causes.get(1).share()).isEqualTo(0.25, offset(1e-9));
    assertThat(Explanation.of("stalls", causes))
        .isEqualTo("stalls: 75 % of the change is in cdn=cdn-b, 25 % in device=tv");
  }

  @Test
  void twoCdnsOfThree_areTwoCausesAndNotEverywhere() {
    List<Cause> causes =
        SCAN.find(Faults.sums(leaf -> leaf.cdn().equals("cdn-c") ? 1 : 3), Direction.RISE, NOISE);

    assertThat(places(causes))
        .containsExactlyInAnyOrder(Faults.where("cdn", "cdn-a"), Faults.where("cdn", "cdn-b"));
  }

  @Test
  void sameChangeOfAll_isEverywhere() {
    List<Cause> causes = SCAN.find(Faults.sums(leaf -> 2));

    assertThat(places(causes)).containsExactly(Combination.EVERYWHERE);
    assertThat(Explanation.of("stalls", causes)).isEqualTo("stalls: the change is everywhere");
  }

  @Test
  void fall_isFoundAsWell() {
    List<Cause> causes = SCAN.find(Faults.sums(leaf -> leaf.country().equals("FR") ? 0.3 : 1));

    assertThat(places(causes)).containsExactly(Faults.where("country", "FR"));
  }

  @Test
  void nothingWrong_hasNoCause() {
    assertThat(SCAN.find(Faults.sums(leaf -> 1))).isEmpty();
    assertThat(SCAN.find(LeafTable.ofSum(Faults.DIMENSIONS).build())).isEmpty();
    assertThat(Explanation.of("stalls", List.of()))
        .isEqualTo("stalls: no values of dimensions explain the change");
  }

  @Test
  void chance_isNoCause() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      LeafTable table = Faults.sums(leaf -> 1 + 0.1 * random.nextGaussian());
      assertThat(SCAN.find(table, Direction.RISE, NOISE)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void fewUnluckyViewers_areNoCause() {
    LeafTable.Builder table = LeafTable.ofSum(Faults.DIMENSIONS);
    for (Leaf leaf : Faults.leaves()) {
      boolean unlucky = leaf.equals(new Leaf("cdn-a", "DE", "tv"));
      table.add(leaf.values(), unlucky ? 3 : 0, 0.5);
    }

    assertThat(SCAN.find(table.build(), Direction.RISE, NOISE)).isEmpty();
  }

  @Test
  void ratioOfOneCdn_isFoundWhateverItsTraffic() {
    LeafTable table = Faults.ratios(leaf -> leaf.cdn().equals("cdn-b") ? 3 : 1);

    assertThat(places(SCAN.find(table))).containsExactly(Faults.where("cdn", "cdn-b"));
  }

  @Test
  void viewersWhoMoveToAWorsePlace_areNoCause() {
    LeafTable.Builder table = LeafTable.ofRatio(List.of("country"));
    table.add(List.of("DE"), 10, 100, 1_000, 10_000); // 1 % as ever, a tenth of the viewers
    table.add(List.of("IT"), 1_000, 100, 20_000, 2_000); // 5 % as ever, ten times the viewers

    assertThat(SCAN.find(table.build())).isEmpty();
  }

  @Test
  void dimensionsOfACause_areNoMoreThanAllowed() {
    LikelihoodScan scan = new LikelihoodScan(5, 1, 5, 20);

    assertThat(scan.find(Faults.sums(leaf -> isItalyByB(leaf) ? 4 : 1)))
        .allSatisfy(cause -> assertThat(cause.where().values()).hasSizeLessThanOrEqualTo(1));
  }

  @Test
  void order_ofLeaves_changesNothing() {
    List<Cause> causes = SCAN.find(Faults.sums(LikelihoodScanTest::mixed));

    for (int seed = 0; seed < 20; seed++) {
      assertThat(places(SCAN.find(Faults.shuffled(seed, LikelihoodScanTest::mixed))))
          .isEqualTo(places(causes));
    }
  }

  /** Sums of the same leaves, taken in another order, differ in their last digits. */
  @Test
  void values_thatAlwaysComeTogether_areNamedByTheFirstDimension() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      LeafTable.Builder table = LeafTable.ofSum(List.of("cdn", "country", "network", "operator"));
      for (int i = 0; i < 300; i++) {
        String number = String.valueOf(random.nextInt(5));
        double usual = 100 * random.nextDouble();
        double came = usual * (number.equals("3") ? 3 : 1) * (1 + 0.1 * random.nextGaussian());
        String cdn = "cdn-" + random.nextInt(3);
        String country = "country-" + random.nextInt(7);
        table.add(List.of(cdn, country, "network-" + number, "operator-" + number), came, usual);
      }

      assertThat(places(SCAN.find(table.build())))
          .as("seed %d", seed)
          .containsExactly(Faults.where("network", "network-3"));
    }
  }

  private static double mixed(Leaf leaf) {
    return leaf.cdn().equals("cdn-b") ? 2 : leaf.country().equals("ES") ? 5 : 1;
  }

  private static boolean isItalyByB(Leaf leaf) {
    return leaf.cdn().equals("cdn-b") && leaf.country().equals("IT");
  }

  private static List<Combination> places(List<Cause> causes) {
    return causes.stream().map(Cause::where).toList();
  }
}
