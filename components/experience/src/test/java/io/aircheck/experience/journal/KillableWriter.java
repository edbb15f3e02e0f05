package io.aircheck.experience.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process that appends on four threads, and says what was acknowledged, until it is killed. */
final class KillableWriter {
  private static final int THREADS = 4;

  private KillableWriter() {}

  public static void main(String[] arguments) throws Exception {
    JournalPolicy policy =
        new JournalPolicy(
            50_000, 600_000, Duration.ofHours(2).toMillis(), 1_000_000_000, Sync.NEVER);
    try (Journal journal = Journal.open(Path.of(arguments[0]), policy);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String name = arguments[1] + " " + thread + " ";
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; true; i++) {
                    journal.append(Entries.of(i, name + i));
                    System.out.println(name + i);
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
