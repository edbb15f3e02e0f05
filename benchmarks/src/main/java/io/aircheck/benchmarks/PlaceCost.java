package io.aircheck.benchmarks;

import com.sun.management.ThreadMXBean;
import io.aircheck.experience.place.PlaceFiles;
import io.aircheck.testkit.MmdbFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What it costs to look up where a viewer is: made-up databases of cities, with names in eight
 * languages as those of vendors have, and of autonomous systems, asked on one thread for addresses
 * at random.
 *
 * <p>{@code PlaceCost [NETWORKS [ROUNDS]]}; a network has 256 addresses.
 */
public final class PlaceCost {
  private static final int WARM_UP_ROUNDS = 5;
  private static final int LOOK_UPS = 200_000;
  private static final int FIRST = 20 << 24;
  private static final List<String> LANGUAGES =
      List.of("de", "en", "es", "fr", "ja", "pt-BR", "ru", "zh-CN");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private PlaceCost() {}

  public static void main(String[] arguments) throws IOException {
    int networks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    Path folder = Files.createTempDirectory("aircheck-places");
    Path cities = folder.resolve("cities.mmdb");
    Path systems = folder.resolve("systems.mmdb");
    try {
      write(cities, systems, networks);
      long start = System.nanoTime();
      PlaceFiles files = PlaceFiles.open(List.of(cities, systems), true);
      System.out.printf(
          Locale.ROOT,
          "%d networks, %.0f and %.0f MB, read in %.2f s%n",
          networks,
          Files.size(cities) / 1e6,
          Files.size(systems) / 1e6,
          (System.nanoTime() - start) / 1e9);
      measure(files, networks, rounds);
    } finally {
      Files.deleteIfExists(cities);
      Files.deleteIfExists(systems);
      Files.delete(folder);
    }
  }

  private static void measure(PlaceFiles files, int networks, int rounds) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    InetAddress[] addresses = new InetAddress[LOOK_UPS];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = InetAddress.getByAddress(bytes(FIRST + random.nextInt(networks * 256)));
    }
    double[] micros = new double[rounds];
    double[] allocated = new double[rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      long thread = Thread.currentThread().threadId();
      long bytes = THREADS.getThreadAllocatedBytes(thread);
      long start = THREADS.getCurrentThreadCpuTime();
      for (InetAddress address : addresses) {
        if (files.locate(address).network() == null) {
          throw new IllegalStateException("an address of the database is not known");
        }
      }
      if (round >= 0) {
        micros[round] = (THREADS.getCurrentThreadCpuTime() - start) / 1000.0 / LOOK_UPS;
        allocated[round] = (double) (THREADS.getThreadAllocatedBytes(thread) - bytes) / LOOK_UPS;
      }
    }
    Arrays.sort(micros);
    Arrays.sort(allocated);
    System.out.printf(
        Locale.ROOT,
        "%.2f us CPU a look-up in both (%.2f to %.2f), %.0f bytes allocated%n",
        micros[rounds / 2],
        micros[0],
        micros[rounds - 1],
        allocated[rounds / 2]);
  }

  private static void write(Path cities, Path systems, int networks) throws IOException {
    MmdbFile places = MmdbFile.of("Cities");
    MmdbFile owners = MmdbFile.of("Systems");
    for (int i = 0; i < networks; i++) {
      byte[] first = bytes(FIRST + i * 256);
      String network = "%d.%d.%d.0/24".formatted(first[0] & 0xFF, first[1] & 0xFF, first[2] & 0xFF);
      places.with(network, city(i % 50_000));
      owners.with(
          network,
          Map.of(
              "autonomous_system_number",
              64_000L + i % 5000,
              "autonomous_system_organization",
              "Example Networks " + i % 5000));
    }
    places.write(cities);
    owners.write(systems);
  }

  private static Map<String, ?> city(int i) {
    String code = "" + (char) ('A' + i % 26) + (char) ('A' + i / 26 % 10);
    return Map.of(
        "city", Map.of("names", names("City " + i)),
        "country", Map.of("iso_code", code, "names", names("Country " + code)),
        "postal", Map.of("code", "" + i),
        "registered_country", Map.of("iso_code", code, "names", names("Country " + code)),
        "subdivisions",
            List.of(Map.of("iso_code", "" + i % 20, "names", names("Region " + i % 20))));
  }

  private static Map<String, String> names(String name) {
    Map<String, String> names = new HashMap<>();
    LANGUAGES.forEach(language -> names.put(language, name + " in " + language));
    return names;
  }

  private static byte[] bytes(int address) {
    return new byte[] {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
  }
}
