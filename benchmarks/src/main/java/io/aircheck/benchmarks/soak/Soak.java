package io.aircheck.benchmarks.soak;

import com.sun.management.OperatingSystemMXBean;
import io.aircheck.app.serve.streams.StreamStatus.State;
import io.aircheck.storage.files.Folders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does the service stay as it is when it watches many streams that stall, break, change format,
 * vanish and return every few seconds? Prints what the process holds every ten seconds, and in the
 * end what grew in the second half, by least squares, against limits, and which threads are left
 * when no stream is watched any more. Ends with status 1 when a limit was exceeded or a stream was
 * stuck; the first three minutes are not judged.
 *
 * <p>{@code Soak [MINUTES [STREAMS [SEED]]]}
 */
public final class Soak {
  private static final long SAMPLE_MILLIS = 10_000;

  /** Fifty streams at once, all of it interpreted at first: who is late then is not stuck. */
  private static final long WARM_UP_MILLIS = 180_000;

  /** Time for threads to come or to go: keep-alive of pools included. */
  private static final long SETTLING_MILLIS = 70_000;

  /** Threads that the process keeps once it has needed them: of clients, timers, the store. */
  private static final int SHARED_THREADS = 12;

  /** One sample in so many collects garbage. */
  private static final int COLLECTION_INTERVAL = 6;

  /** Growth per hour that counts as flat: what the noise of half an hour of samples can hide. */
  private static final Map<String, Double> LIMITS = new LinkedHashMap<>();

  static {
    LIMITS.put("heap after collection, MB", 10.0);
    LIMITS.put("metaspace and code, MB", 10.0);
    LIMITS.put("resident, MB", 25.0);
    LIMITS.put("threads", 4.0);
    LIMITS.put("descriptors", 10.0);
  }

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private static final Logger LIBRARIES = Logger.getLogger("");

  private Soak() {}

  /** Runs one. */
  public static void main(String[] arguments) throws Exception {
    double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 60;
    int streams = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    LIBRARIES.setLevel(Level.WARNING);
    Path folder = Files.createTempDirectory("soak");
    boolean flat;
    try {
      List<Loop> loops = Loop.encode(folder.resolve("media"));
      try (UnsteadyOrigin origin = new UnsteadyOrigin(loops, streams, seed);
          SoakedService service = new SoakedService(folder.resolve("data"), Soak::log)) {
        Thread.sleep(SETTLING_MILLIS);
        Map<String, Integer> before = ThreadKinds.now();
        service.watch(origin.streams());
        flat = run(origin, service, minutes / 60);
        service.watch(List.of());
        Thread.sleep(SETTLING_MILLIS);
        flat &= nothingLeft(before, ThreadKinds.now());
      }
    } finally {
      Folders.remove(folder);
    }
    System.exit(flat ? 0 : 1);
  }

  private static boolean run(UnsteadyOrigin origin, SoakedService service, double hours)
      throws IOException, InterruptedException {
    Map<String, Trend> trends = new LinkedHashMap<>();
    LIMITS.keySet().forEach(name -> trends.put(name, new Trend()));
    ThreadKinds threads = new ThreadKinds();
    long startMillis = System.currentTimeMillis();
    PictureWatch pictures =
        new PictureWatch(
            service.service().streams().watch(), startMillis + WARM_UP_MILLIS, Soak::log);
    System.out.println(
        "time      heap MB  other MB  resident MB  threads  descriptors  opened  closed  open"
            + "  states");
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpuNanos = process.getProcessCpuTime();
    long nextSampleMillis = startMillis + SAMPLE_MILLIS;
    int samples = 0;
    double elapsed = 0;
    while (elapsed < hours) {
      Thread.sleep(1000);
      long now = System.currentTimeMillis();
      elapsed = (now - startMillis) / 3.6e6;
      origin.streams().forEach(stream -> pictures.look(stream, now));
      if (now >= nextSampleMillis) {
        nextSampleMillis += SAMPLE_MILLIS;
        service.ask("/v1/streams");
        service.ask("/metrics");
        ProcessSample sample = ProcessSample.take(++samples % COLLECTION_INTERVAL == 0);
        int descriptors = sample.descriptors() - origin.sockets();
        List<Double> values =
            List.of(
                sample.heapMegabytes(),
                sample.nonHeapMegabytes(),
                sample.residentMegabytes(),
                (double) sample.threads(),
                (double) descriptors);
        int i = 0;
        for (Trend trend : trends.values()) {
          trend.add(elapsed, values.get(i++));
        }
        threads.add(elapsed);
        print(sample, descriptors, origin, service);
      }
    }
    double cores =
        (process.getProcessCpuTime() - cpuNanos) / 1e6 / (System.currentTimeMillis() - startMillis);
    boolean good = verdict(trends, pictures, service, elapsed, cores);
    threads.print(elapsed);
    return good;
  }

  private static void print(
      ProcessSample sample, int descriptors, UnsteadyOrigin origin, SoakedService service) {
    Map<State, Integer> states = new EnumMap<>(State.class);
    for (UnsteadyStream stream : origin.streams()) {
      states.merge(
          service.service().streams().watch().status(stream.id()).state(), 1, Integer::sum);
    }
    System.out.printf(
        Locale.ROOT,
        "%s  %7.1f  %8.1f  %11.0f  %7d  %11d  %6d  %6d  %4d  %s%n",
        CLOCK.format(LocalTime.now()),
        sample.heapMegabytes(),
        sample.nonHeapMegabytes(),
        sample.residentMegabytes(),
        sample.threads(),
        descriptors,
        service.told("opened"),
        service.told("closed"),
        service.service().incidents().active().size(),
        states);
  }

  private static boolean verdict(
      Map<String, Trend> trends,
      PictureWatch pictures,
      SoakedService service,
      double hours,
      double cores) {
    boolean flat = true;
    System.out.printf(Locale.ROOT, "%n%.0f minutes, %.2f cores%n", hours * 60, cores);
    System.out.println("                           2nd sixth    last sixth  growth/h  limit");
    for (Map.Entry<String, Trend> entry : trends.entrySet()) {
      double slope = entry.getValue().slopePerHour(hours / 2);
      // What has no limit must not grow at all.
      double limit = LIMITS.getOrDefault(entry.getKey(), 0.0);
      boolean good = slope <= limit;
      flat &= good;
      System.out.printf(
          Locale.ROOT,
          "%-26s %9.1f  %12.1f  %+8.1f  %5.0f  %s%n",
          entry.getKey(),
          entry.getValue().mean(hours / 6, hours / 3),
          entry.getValue().mean(hours * 5 / 6, hours * 2),
          slope,
          limit,
          good ? "PASS" : "FAIL");
    }
    System.out.printf(
        "stuck: %d of %d times that a rendition was well for more than %d s  %s%n",
        pictures.stuck(),
        pictures.judged(),
        PictureWatch.STUCK_MILLIS / 1000,
        pictures.stuck() == 0 ? "PASS" : "FAIL");
    System.out.printf(
        Locale.ROOT,
        "first new picture after trouble: median %.1f s, 95 %% %.1f s, longest %.1f s%n",
        pictures.recoverySeconds(0.5),
        pictures.recoverySeconds(0.95),
        pictures.recoverySeconds(1));
    long dropped = service.service().metrics().dropped() + service.service().incidents().dropped();
    System.out.printf(
        "incidents: %d opened, %d closed; %d metrics and observations dropped  %s%n",
        service.told("opened"), service.told("closed"), dropped, dropped == 0 ? "PASS" : "FAIL");
    return flat && pictures.stuck() == 0 && dropped == 0;
  }

  /** No thread that a stream had needed may live on when none is watched any more. */
  private static boolean nothingLeft(Map<String, Integer> before, Map<String, Integer> after) {
    Map<String, Integer> more = new TreeMap<>();
    after.forEach(
        (kind, count) -> {
          int added = count - before.getOrDefault(kind, 0);
          if (added > 0) {
            more.put(kind, added);
          }
        });
    int added = more.values().stream().mapToInt(Integer::intValue).sum();
    boolean good = added <= SHARED_THREADS;
    System.out.printf(
        "threads left when no stream is watched any more: %d, limit %d  %s%n",
        added, SHARED_THREADS, good ? "PASS" : "FAIL");
    more.forEach((kind, count) -> System.out.printf("  threads %-40s %6d%n", kind, count));
    return good;
  }

  private static void log(String line) {
    System.out.println(CLOCK.format(LocalTime.now()) + "  " + line);
  }
}
