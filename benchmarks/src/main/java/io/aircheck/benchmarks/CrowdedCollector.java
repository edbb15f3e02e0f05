package io.aircheck.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.viewers.Viewers;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.experience.engine.Collector;
import io.aircheck.experience.intake.Locator;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a service bears as many sessions at a time as it is said to: each sends one record every
 * 30 s, one body each, by the clock. The whole way of a report but HTTP: reading, journal, session,
 * cube. Tells how far the timers of sessions are behind (they are to be 1 s to 3 s), how much heap
 * is in use after a collection, and the CPU of a record.
 *
 * <p>{@code CrowdedCollector [SESSIONS [ROUNDS]]}; the heap is that of the process.
 */
public final class CrowdedCollector {
  private static final int INTERVAL_MILLIS = 30_000;

  /** Sessions that report together, once every so many milliseconds. */
  private static final int STEP_MILLIS = 10;

  private static final Sender SOMEBODY = new Sender(null, null, null, null);

  private final Viewers viewers;
  private final int sessions;
  private long longestLateness;
  private long longestBehind;

  private CrowdedCollector(Viewers viewers, int sessions) {
    this.viewers = viewers;
    this.sessions = sessions;
  }

  public static void main(String[] arguments) throws IOException {
    int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
    Path folder = Files.createTempDirectory("crowded-collector");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("viewers")
        .put("enabled", true)
        .put("maxSessions", sessions + sessions / 10)
        .put("reportsPerSecond", 10_000_000)
        .putObject("archive")
        .put("enabled", false);
    try (Service service =
        new Service(
            SettingsReader.read(json, ServiceSettings.class),
            ServiceSurroundings.installed(
                new MemoryStore(), folder, 1_000_000, line -> System.err.println(line)))) {
      new CrowdedCollector(service.viewers().orElseThrow(), sessions).run(rounds);
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
    System.exit(0);
  }

  private void run(int rounds) {
    for (int round = 0; round < rounds; round++) {
      longestLateness = 0;
      longestBehind = 0;
      long cpu = cpuNanos();
      long collecting = collectingMillis();
      round(round);
      System.out.printf(
          Locale.ROOT,
          "round %d: %,d sessions are open, %.1f us of CPU a record, timers at most %.1f s behind,"
              + " sender at most %.1f s, %.1f s of collecting garbage%n",
          round,
          viewers.audience().open(),
          (cpuNanos() - cpu) / 1e3 / sessions,
          longestLateness / 1e3,
          longestBehind / 1e3,
          (collectingMillis() - collecting) / 1e3);
    }
    System.gc();
    System.out.printf(
        Locale.ROOT,
        "%.2f GB of heap are in use, %.2f GB are allowed%n",
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e9,
        Runtime.getRuntime().maxMemory() / 1e9);
  }

  /** Every session reports once, at its time within the interval. */
  private void round(int round) {
    long begun = System.currentTimeMillis();
    int steps = INTERVAL_MILLIS / STEP_MILLIS;
    for (int step = 0; step < steps; step++) {
      long due = begun + (long) step * STEP_MILLIS;
      long wait = due - System.currentTimeMillis();
      while (wait > 0) {
        LockSupport.parkNanos(wait * 1_000_000);
        wait = due - System.currentTimeMillis();
      }
      longestBehind = Math.max(longestBehind, -wait);
      longestLateness = Math.max(longestLateness, viewers.latenessMillis());
      int from = (int) ((long) sessions * step / steps);
      int to = (int) ((long) sessions * (step + 1) / steps);
      for (int session = from; session < to; session++) {
        take(session, round);
      }
    }
  }

  private void take(int session, int sequence) {
    String body =
        "bl=(8000),br=("
            + (sequence % 17 == 3 ? 1500 : 3128)
            + "),cid=\"channel-"
            + session % 40
            + "\",e=t,ltc=4000,mtp=(12000),pr=1,sf=h,sid=\""
            + Integer.toHexString(session * 0x9E3779B9)
            + "-3a79-40a9-aeb7-2325e2c344c3\",sn="
            + sequence
            + ",st=l,sta="
            + (sequence == 0 ? 's' : 'p')
            + ",tb=(6128),ts="
            + System.currentTimeMillis()
            + ",v=2\n";
    Collector.Answer answer =
        viewers
            .collector()
            .take(
                ReportSchema.CMCD,
                SOMEBODY,
                new Target("/r", Map.of("cdn", "cdn-" + session % 3, "player", "hls.js")),
                Locator.Location.UNKNOWN,
                body.getBytes(StandardCharsets.US_ASCII));
    if (!(answer instanceof Collector.Answer.Taken)) {
      throw new IllegalStateException(answer.toString());
    }
  }

  private static long collectingMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
