package io.aircheck.app.serve.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ErrandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void later_moreThanMayWait_isRefusedUntilThereIsRoom() throws Exception {
    Errands errands = new Errands("test", 2);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch third = new CountDownLatch(1);
    errands.later(
        Duration.ZERO,
        () -> {
          begun.countDown();
          awaitThat(held);
        });
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    // The one at work does not wait any more.
    assertThat(errands.later(Duration.ZERO, () -> done.add("second"))).isTrue();
    assertThat(errands.later(Duration.ZERO, third::countDown)).isTrue();
    assertThat(errands.later(Duration.ZERO, () -> done.add("too many"))).isFalse();
    held.countDown();
    assertThat(third.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(errands.later(Duration.ofDays(1), () -> done.add("again"))).isTrue();

    errands.close(PATIENCE);
    assertThat(done).containsExactly("second", "again");
  }

  @Test
  void close_whatWaitsForItsTime_isDoneAtOnceInOrder() {
    Errands errands = new Errands("test", 10);
    errands.later(Duration.ofDays(2), () -> done.add("a"));
    errands.later(Duration.ofDays(1), () -> done.add("b"));

    errands.close(PATIENCE);

    assertThat(done).containsExactly("a", "b");
  }

  @Test
  void close_whatIsBeingDone_isNotInterrupted() throws Exception {
    Errands errands = new Errands("test", 10);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    errands.later(
        Duration.ZERO,
        () -> {
          begun.countDown();
          awaitThat(held);
          done.add(Thread.currentThread().isInterrupted() ? "interrupted" : "a");
        });
    errands.later(Duration.ofDays(1), () -> done.add("b"));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    Thread closing = Thread.ofPlatform().start(() -> errands.close(PATIENCE));
    while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    held.countDown();
    closing.join();

    assertThat(done).containsExactly("a", "b");
  }

  @Test
  void later_afterItWasClosed_isIgnored() {
    Errands errands = new Errands("test", 10);
    errands.close(PATIENCE);

    assertThat(errands.later(Duration.ZERO, () -> done.add("late"))).isTrue();

    errands.close(PATIENCE);
    assertThat(done).isEmpty();
  }

  private static void awaitThat(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
