package io.aircheck.experience.journal;

import io.aircheck.experience.journal.GroupCommit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a journal, oldest first; never without one. Thread-safe. */
final class SegmentList {
  private final Path folder;
  private final List<Segment> segments = new ArrayList<>();
  private final long cutBytes;

  /**
   * Finds the files in a folder. The last one is read to its end; of the others it is enough to
   * know when they begin.
   *
   * @throws IOException when they cannot be read
   */
  SegmentList(Path folder) throws IOException {
    this.folder = folder;
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> Segment.positionOf(file).isPresent()).sorted().toList();
    }
    for (int i = 0; i < files.size(); i++) {
      boolean last = i == files.size() - 1;
      segments.add(last ? whole(files.get(i)) : closed(files.get(i), files.get(i + 1)));
    }
    if (segments.isEmpty()) {
      segments.add(Segment.empty(folder, 0));
    }
    Path last = segments.getLast().file();
    cutBytes = Files.exists(last) ? Files.size(last) - segments.getLast().bytes() : 0;
  }

  private Segment whole(Path file) throws IOException {
    Segment segment = Segment.empty(folder, Segment.positionOf(file).orElseThrow());
    try (SegmentReader reader = new SegmentReader(file)) {
      byte[] content = reader.next();
      long before = 0;
      while (content != null) {
        segment = segment.with(reader.wholeBytes() - before, Frame.receivedMillis(content));
        before = reader.wholeBytes();
        content = reader.next();
      }
    }
    return segment;
  }

  private static Segment closed(Path file, Path next) throws IOException {
    long first = Segment.positionOf(file).orElseThrow();
    long entries = Segment.positionOf(next).orElseThrow() - first;
    try (SegmentReader reader = new SegmentReader(file);
        SegmentReader following = new SegmentReader(next)) {
      byte[] content = reader.next();
      byte[] after = following.next();
      long from = content == null ? Long.MIN_VALUE : Frame.receivedMillis(content);
      long to =
          after == null ? Files.getLastModifiedTime(file).toMillis() : Frame.receivedMillis(after);
      return new Segment(first, file, Files.size(file), entries, from, Math.max(from, to));
    }
  }

  /** Bytes at the end of the last file that are no whole frame: what a crash left. */
  long cutBytes() {
    return cutBytes;
  }

  synchronized Segment last() {
    return segments.getLast();
  }

  synchronized List<Segment> all() {
    return List.copyOf(segments);
  }

  /** Position of the oldest entry. */
  synchronized long start() {
    return segments.getFirst().first();
  }

  /** Position behind the latest entry. */
  synchronized long end() {
    return segments.getLast().end();
  }

  synchronized long bytes() {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }

  /**
   * The start of the last file that begins no later than a time; that of the first if none does.
   */
  synchronized long positionSince(long millis) {
    long position = start();
    for (Segment segment : segments) {
      if (segment.firstMillis() <= millis) {
        position = segment.first();
      }
    }
    return position;
  }

  /** Frames were written to the last file: they get their positions. */
  synchronized void appended(List<Waiting> group) {
    Segment last = segments.getLast();
    for (Waiting one : group) {
      one.position = last.end();
      last = last.with(one.frame.length, one.receivedMillis);
    }
    segments.set(segments.size() - 1, last);
  }

  /** The next file begins. */
  synchronized void begin() {
    segments.add(Segment.empty(folder, segments.getLast().end()));
  }

  /** A file was written anew. */
  synchronized void replaced(Segment segment, long bytes) {
    segments.replaceAll(
        one -> one.first() == segment.first() && one.entries() > 0 ? one.ofBytes(bytes) : one);
  }

  /**
   * Takes the oldest files out that are older than a time, or more than may be; never the last one.
   *
   * @return them
   */
  synchronized List<Segment> removeBefore(long millis, long maxBytes) {
    List<Segment> removed = new ArrayList<>();
    while (segments.size() > 1
        && (segments.getFirst().lastMillis() < millis || bytes() > maxBytes)) {
      removed.add(segments.removeFirst());
    }
    return removed;
  }
}
