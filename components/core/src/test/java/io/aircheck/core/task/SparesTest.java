package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SparesTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Spares<Object> spares = new Spares<>();

  @Test
  void take_nothingGivenBack_isNull() {
    assertThat(spares.take()).isNull();
  }

  @Test
  void take_givenBack_hasEachOnceAndNoMoreThanProcessors() {
    Set<Object> given = new HashSet<>();
    for (int i = 0; i <= PROCESSORS; i++) {
      Object spare = new Object();
      given.add(spare);
      spares.giveBack(spare);
    }

    Set<Object> taken = new HashSet<>();
    for (int i = 0; i < PROCESSORS; i++) {
      taken.add(spares.take());
    }
    assertThat(taken).hasSize(PROCESSORS).isSubsetOf(given);
    assertThat(spares.take()).isNull();
  }

  @Test
  void take_byManyThreads_nobodyHasWhatAnotherHas() throws InterruptedException {
    Set<Object> used =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    AtomicInteger twice = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 20_000; i++) {
                      Object spare = spares.take();
                      Object mine = spare == null ? new Object() : spare;
                      if (!used.add(mine)) {
                        twice.incrementAndGet();
                      }
                      used.remove(mine);
                      spares.giveBack(mine);
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(twice).hasValue(0);
  }
}
