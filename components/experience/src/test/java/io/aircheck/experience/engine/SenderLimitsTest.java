package io.aircheck.experience.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SenderLimitsTest {
  private static final long NOW = 1_800_000_000_000L;

  /** Ten a second, and a hundred at once. */
  private final SenderLimits limits = new SenderLimits(10, 100);

  private final long one = limits.senderOf("192.0.2.1");
  private final long other = limits.senderOf("192.0.2.2");

  @Test
  void burst_isTakenAndThenTheRate() {
    spend(one, 99, NOW);
    assertThat(limits.retryAfterSeconds(one, NOW)).isZero();
    spend(one, 1, NOW);
    assertThat(limits.retryAfterSeconds(one, NOW)).isEqualTo(1);
    assertThat(limits.retryAfterSeconds(one, NOW + 100)).as("one is there").isZero();
    spend(one, 11, NOW + 100);
    assertThat(limits.retryAfterSeconds(one, NOW + 100)).as("ten are owed").isEqualTo(2);
    assertThat(limits.retryAfterSeconds(one, NOW + 2_100)).isZero();
  }

  @Test
  void oneSender_doesNotTouchTheOthers() {
    spend(one, 1_000_000, NOW);
    assertThat(limits.retryAfterSeconds(one, NOW)).as("told at most").isEqualTo(600);
    assertThat(limits.retryAfterSeconds(other, NOW)).isZero();
  }

  @Test
  void debt_isPaidInFull_howeverLargeTheBodies() {
    int taken = 0;
    for (int second = 0; second < 3600; second++) {
      if (limits.reserve(one, 650, NOW + second * 1000L) == 0) {
        taken += 650;
      }
    }
    assertThat(taken).as("the rate, a burst and a body").isLessThanOrEqualTo(36_000 + 100 + 650);
    assertThat(taken).isGreaterThan(35_000);
  }

  @Test
  void wait_isUntilNothingIsOwed() {
    spend(one, 650, NOW);
    assertThat(limits.retryAfterSeconds(one, NOW)).as("550 at 10/s").isEqualTo(56);
    assertThat(limits.retryAfterSeconds(one, NOW + 54_000)).isPositive();
    assertThat(limits.retryAfterSeconds(one, NOW + 56_000)).isZero();
  }

  @Test
  void bodiesThatComeTogether_areNotTakenBeforeTheFirstIsPaid() {
    int taken = 0;
    for (int body = 0; body < 50; body++) {
      taken += limits.reserve(one, 60, NOW) == 0 ? 1 : 0;
    }
    assertThat(taken).isEqualTo(2);
  }

  @Test
  void reserved_isGivenBackWhereItWasNotUsed() {
    assertThat(limits.reserve(one, 100, NOW)).isZero();
    assertThat(limits.retryAfterSeconds(one, NOW)).isPositive();
    limits.settle(one, 100, 1, NOW);
    assertThat(limits.retryAfterSeconds(one, NOW)).isZero();
    spend(one, 98, NOW);
    assertThat(limits.retryAfterSeconds(one, NOW)).as("one is left").isZero();
    spend(one, 1, NOW);
    assertThat(limits.retryAfterSeconds(one, NOW)).isPositive();
  }

  @Test
  void clockThatIsSetBack_givesNothingAndTakesNothing() {
    spend(one, 50, NOW);
    spend(one, 40, NOW - 60_000);
    assertThat(limits.retryAfterSeconds(one, NOW - 60_000)).isZero();
    spend(one, 10, NOW - 60_000);
    assertThat(limits.retryAfterSeconds(one, NOW - 60_000)).isEqualTo(1);
  }

  @Test
  void addressesOfAHousehold_areOneSender() {
    assertThat(limits.senderOf("2001:db8:1:2:3::4")).isEqualTo(limits.senderOf("2001:db8:1:2::9"));
    assertThat(limits.senderOf("2001:db8:1:3::4")).isNotEqualTo(limits.senderOf("2001:db8:1:2::4"));
    assertThat(one).isNotEqualTo(other);
    assertThat(limits.senderOf("no address")).isEqualTo(limits.senderOf("<script>"));
    assertThat(new SenderLimits(1, 1).senderOf("192.0.2.1"))
        .as("nobody can tell the address by it")
        .isNotEqualTo(one);
  }

  @Test
  void manySenders_areBounded() {
    for (int i = 0; i < 1_000_000; i++) {
      spend(i * 0x9E3779B97F4A7C15L, 200, NOW);
    }
    assertThat(limits.remembered()).isLessThanOrEqualTo(16 * 20_000);
    for (int i = 0; i < 400_000; i++) {
      spend(i * 0xD1B54A32D192ED03L, 1, NOW + 60_000);
    }
    assertThat(limits.remembered()).isLessThanOrEqualTo(16 * 20_000);
  }

  private void spend(long sender, int reports, long nowMillis) {
    limits.settle(sender, 0, reports, nowMillis);
  }
}
