package io.aircheck.experience.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reports of real players, see the page beside them. */
public final class Captured {
  private Captured() {}

  /** The bytes of a file. */
  public static byte[] bytes(String name) {
    String path = "/io/aircheck/experience/captured/" + name;
    try (InputStream in = Captured.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file. */
  public static List<String> lines(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
  }

  /** When the page or its video element first saw something, milliseconds since the epoch. */
  public static long truth(String run, String what, int nth) {
    return lines(run + ".truth").stream()
        .map(line -> line.split(" ", 3))
        .filter(words -> words[2].equals(what))
        .skip(nth)
        .mapToLong(words -> Long.parseLong(words[0]))
        .findFirst()
        .orElseThrow();
  }
}
