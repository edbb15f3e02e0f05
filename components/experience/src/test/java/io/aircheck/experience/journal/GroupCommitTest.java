package io.aircheck.experience.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.journal.GroupCommit.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  private static final int FRAME = 100;

  @TempDir private Path folder;

  @Test
  void threadsThatComeDuringAWrite_shareTheNext() throws Exception {
    SlowWriter writer = new SlowWriter();
    GroupCommit commit = new GroupCommit(writer, 1_000_000);
    try (ExecutorService pool = Executors.newFixedThreadPool(9)) {
      Future<Long> first = pool.submit(() -> commit.commit(new byte[FRAME], 0));
      writer.begun.await();
      List<Future<Long>> others = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        others.add(pool.submit(() -> commit.commit(new byte[FRAME], 0)));
      }
      awaitWaiting(commit, 8 * FRAME);
      writer.goOn.countDown();
      assertThat(first.get()).isZero();
      for (Future<Long> other : others) {
        assertThat(other.get()).isBetween(1L, 8L);
      }
    }
    assertThat(writer.groups).containsExactly(1, 8);
  }

  @Test
  void tooMuchThatWaits_isRefused() throws Exception {
    SlowWriter writer = new SlowWriter();
    GroupCommit commit = new GroupCommit(writer, FRAME);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<Long> first = pool.submit(() -> commit.commit(new byte[FRAME], 0));
      writer.begun.await();
      Future<Long> second = pool.submit(() -> commit.commit(new byte[FRAME], 0));
      awaitWaiting(commit, FRAME);
      assertThatThrownBy(() -> commit.commit(new byte[1], 0))
          .isInstanceOf(JournalBusyException.class);
      writer.goOn.countDown();
      assertThat(first.get()).isZero();
      assertThat(second.get()).isEqualTo(1);
    }
  }

  @Test
  void failure_isThatOfItsGroupAlone() throws Exception {
    GroupCommit commit =
        new GroupCommit(
            group -> {
              if (group.getFirst().receivedMillis == 1) {
                throw new IOException("No space left on device");
              }
            },
            1_000_000);
    assertThatThrownBy(() -> commit.commit(new byte[1], 1)).hasMessageContaining("No space left");
    assertThat(commit.commit(new byte[1], 2)).isZero();
  }

  @Test
  void manyThreads_haveEachEntryOnceInTheOrderOfTheirOwn() throws Exception {
    JournalPolicy policy = new JournalPolicy(5_000, 600_000, 3_600_000, 10_000_000, Sync.NEVER);
    List<Callable<Void>> tasks = new ArrayList<>();
    try (Journal journal = Journal.open(folder, policy);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 16; thread++) {
        String name = "thread " + thread + " entry ";
        tasks.add(
            () -> {
              long before = -1;
              for (int i = 0; i < 200; i++) {
                long position = journal.append(Entries.of(i, name + i));
                assertThat(position).isGreaterThan(before);
                before = position;
              }
              return null;
            });
      }
      for (Future<Void> task : pool.invokeAll(tasks)) {
        task.get();
      }
    }
    List<String> bodies =
        Entries.bodies(folder, JournalPolicy.of(Duration.ofHours(1), 1_000_000, Sync.NEVER));
    assertThat(bodies).hasSize(16 * 200).doesNotHaveDuplicates();
    for (int thread = 0; thread < 16; thread++) {
      String name = "thread " + thread + " entry ";
      List<String> own = bodies.stream().filter(body -> body.startsWith(name)).toList();
      assertThat(own).hasSize(200);
      assertThat(own.getFirst()).isEqualTo(name + 0);
      assertThat(own.getLast()).isEqualTo(name + 199);
    }
  }

  private static void awaitWaiting(GroupCommit commit, long bytes) {
    while (commit.waitingBytes() < bytes) {
      Thread.onSpinWait();
    }
  }

  /** Waits in its first write. */
  private static final class SlowWriter implements GroupCommit.Writer {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<Integer> groups = new CopyOnWriteArrayList<>();
    private long next;

    @Override
    public void write(List<Waiting> group) throws IOException {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      groups.add(group.size());
      for (Waiting one : group) {
        one.position = next++;
      }
    }
  }
}
