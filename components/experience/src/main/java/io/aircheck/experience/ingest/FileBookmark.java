package io.aircheck.experience.ingest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a file has been read: the latest mark says all. */
final class FileBookmark implements Bookmark {
  private @Nullable FileMark latest;

  @Override
  public void passed(String mark) {
    latest = FileMark.parse(mark);
  }

  @Override
  public List<String> marks() {
    return latest == null ? List.of() : List.of(latest.toString());
  }

  /** Empty: it has never been looked at. */
  Optional<FileMark> latest() {
    return Optional.ofNullable(latest);
  }
}
