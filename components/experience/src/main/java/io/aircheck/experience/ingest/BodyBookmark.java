package io.aircheck.experience.ingest;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;

/** Which blocks of lines came lately, by their hashes: who got no answer sends them again. */
final class BodyBookmark implements Bookmark {
  private static final int MOST = 4096;

  /** The oldest first. */
  private final LinkedHashSet<String> latest = new LinkedHashSet<>();

  @Override
  public void passed(String mark) {
    latest.add(mark);
    if (latest.size() > MOST) {
      Iterator<String> oldest = latest.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  @Override
  public List<String> marks() {
    return List.copyOf(latest);
  }

  boolean has(String mark) {
    return latest.contains(mark);
  }
}
