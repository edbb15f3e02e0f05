package io.aircheck.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Damaged copies of media and manifests: flipped bits, truncations, wrong lengths, missing and
 * overwritten stretches, and for text also lines that are missing, doubled or out of order and
 * numbers that are absurd. The same seed gives the same damage.
 */
public final class Damage {
  /** Where the structure of most containers is; half of the damage goes there. */
  private static final int HEAD_BYTES = 2048;

  private static final int MOST_FLIPS = 200;
  private static final int LONGEST_CUT = 4096;
  private static final int LONGEST_NOISE = 8192;

  /** Numbers that parsers of text get wrong: limits of types, signs, fractions, nothing at all. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1e309",
          "NaN",
          "0.000001",
          "999999",
          "4294967296",
          "9223372036854775807",
          "99999999999999999999999999",
          "");

  private Damage() {}

  /** Damages a copy of binary data in one of several ways. */
  public static byte[] ofBytes(byte[] original, RandomGenerator random) {
    byte[] bytes = original.clone();
    if (bytes.length < 2) {
      return bytes;
    }
    int reach = random.nextBoolean() ? bytes.length : Math.min(bytes.length, HEAD_BYTES);
    return switch (random.nextInt(5)) {
      case 0 -> flipped(bytes, reach, random);
      case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> withWrongLength(bytes, reach, random);
      case 3 -> withoutStretch(bytes, random);
      default -> withNoise(bytes, random);
    };
  }

  private static byte[] flipped(byte[] bytes, int reach, RandomGenerator random) {
    int flips = 1 + random.nextInt(MOST_FLIPS);
    for (int i = 0; i < flips; i++) {
      bytes[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** A length field of a wrong or enormous value, wherever it hits. */
  private static byte[] withWrongLength(byte[] bytes, int reach, RandomGenerator random) {
    int at = random.nextInt(reach);
    int value = random.nextBoolean() ? random.nextInt() : Integer.MAX_VALUE - random.nextInt(16);
    for (int i = 0; i < 4 && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >>> (24 - 8 * i));
    }
    return bytes;
  }

  private static byte[] withoutStretch(byte[] bytes, RandomGenerator random) {
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(LONGEST_CUT));
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, shorter, from, bytes.length - to);
    return shorter;
  }

  private static byte[] withNoise(byte[] bytes, RandomGenerator random) {
    int from = random.nextInt(bytes.length);
    byte[] noise = new byte[Math.min(bytes.length - from, 1 + random.nextInt(LONGEST_NOISE))];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, bytes, from, noise.length);
    return bytes;
  }

  /** Damages a copy of text, by its lines and numbers or as bytes. */
  public static byte[] ofText(byte[] original, RandomGenerator random) {
    if (original.length == 0 || random.nextInt(4) == 0) {
      return ofBytes(original, random);
    }
    // One byte, one character: what is no UTF-8 stays as it is.
    List<String> lines =
        new ArrayList<>(new String(original, StandardCharsets.ISO_8859_1).lines().toList());
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && !lines.isEmpty(); i++) {
      changeLine(lines, random.nextInt(lines.size()), random);
    }
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void changeLine(List<String> lines, int at, RandomGenerator random) {
    String line = lines.get(at);
    switch (random.nextInt(5)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, line);
      case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
      case 3 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
      default ->
          lines.set(at, line.replaceFirst("\\d+(\\.\\d+)?", NUMBERS.get(random.nextInt(10))));
    }
  }
}
