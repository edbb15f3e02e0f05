package io.aircheck.storage;

import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** Ids of incidents and names of pieces of evidence as parts of paths and keys. */
public final class EvidenceNames {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,220}");

  private EvidenceNames() {}

  /** Whether there can be evidence of that name; incidents of several streams have none. */
  public static boolean isSafe(String name) {
    return SAFE.matcher(name).matches();
  }

  /**
   * The name itself.
   *
   * @throws NoSuchFileException when it may not become part of a path
   */
  public static String safe(String name) throws NoSuchFileException {
    if (!isSafe(name)) {
      throw new NoSuchFileException(name, null, "is no name of evidence");
    }
    return name;
  }
}
