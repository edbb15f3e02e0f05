package io.aircheck.experience.journal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came, in the order in which it was accepted, in files of a folder: appended, read again from
 * a position, forgotten by age and size, and erased where a viewer demands it. Thread-safe; a
 * folder belongs to one journal at a time.
 *
 * <p>{@link #append} returns when the system has the bytes, so an entry survives the end of the
 * process; whether it also survives that of the machine is said by {@link Sync}. Positions count
 * entries and stay what they are, also those of entries after one that was erased.
 */
public final class Journal implements Closeable {
  /** So much may wait for the disk. */
  private static final long MOST_WAITING_BYTES = 32_000_000;

  private static final String UNFINISHED = ".unfinished";

  /** Is told of entries in their order. */
  @FunctionalInterface
  public interface Listener {
    /** An entry that was not erased. */
    void entry(long position, JournalEntry entry);
  }

  /** Says what is to be forgotten. */
  public interface Eraser {
    /** Whether anything of an entry is. */
    boolean concerns(JournalEntry entry);

    /** What is kept of such an entry; empty: nothing. */
    Optional<JournalEntry> without(JournalEntry entry);
  }

  /**
   * What was read.
   *
   * @param next position to go on from
   * @param unreadable entries between that should have been there, and were damaged
   */
  public record Replayed(long next, long unreadable) {}

  private final FileChannel lock;
  private final JournalPolicy policy;
  private final SegmentList segments;
  private final SegmentWriter writer;
  private final GroupCommit commit;

  /** Held by what removes files or writes them anew. */
  private final Object upkeep = new Object();

  /**
   * Opens the journal of a folder, which is made if there is none. What a crash left of an entry at
   * the end is cut off.
   *
   * @throws IOException when it cannot be used, for instance because another process uses it
   */
  public static Journal open(Path folder, JournalPolicy policy) throws IOException {
    return open(folder, policy, SegmentFile::onDisk);
  }

  static Journal open(Path folder, JournalPolicy policy, SegmentFile.Disk disk) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() == null) {
        throw inUse(folder, null);
      }
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(UNFINISHED)).toList()) {
          Files.delete(file);
        }
      }
      return new Journal(lock, policy, new SegmentList(folder), disk);
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw inUse(folder, e);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static IOException inUse(Path folder, @Nullable Exception cause) {
    return new IOException(
        folder + " is used by another process; give each one a data directory of its own", cause);
  }

  private Journal(
      FileChannel lock, JournalPolicy policy, SegmentList segments, SegmentFile.Disk disk) {
    this.lock = lock;
    this.policy = policy;
    this.segments = segments;
    this.writer = new SegmentWriter(segments, policy, disk);
    this.commit = new GroupCommit(writer, MOST_WAITING_BYTES);
  }

  /**
   * Appends an entry; when it returns, the entry is there for good. Threads that come together
   * share a write.
   *
   * @return its position
   * @throws JournalBusyException when too much waits for the disk
   * @throws IOException when it could not be written; nothing of it is there then
   */
  public long append(JournalEntry entry) throws IOException {
    return commit.commit(Frame.of(entry), entry.arrival().receivedMillis());
  }

  /** Position of the oldest entry that is kept. */
  public long start() {
    return segments.start();
  }

  /** Position behind the latest entry. */
  public long end() {
    return segments.end();
  }

  /** Bytes of all files. */
  public long bytes() {
    return segments.bytes();
  }

  /** Bytes that a crash had left at the end, and that were cut off when it was opened. */
  public long cutBytes() {
    return segments.cutBytes();
  }

  /**
   * A position before everything that came since a time; what came a little earlier is after it.
   */
  public long positionSince(long millis) {
    return segments.positionSince(millis);
  }

  /**
   * Reads what is there now from a position on. Others may append meanwhile.
   *
   * @throws IOException when a file cannot be read
   */
  public Replayed replay(long from, Listener listener) throws IOException {
    long end = end();
    long next = Math.max(from, start());
    long unreadable = 0;
    for (Segment segment : segments.all()) {
      long until = Math.min(end, segment.end());
      if (until <= next) {
        continue;
      }
      try {
        long read = read(segment, next, until, listener);
        unreadable += until - read;
      } catch (NoSuchFileException e) {
        // It was forgotten meanwhile, as it was to be.
      }
      next = until;
    }
    return new Replayed(next, unreadable);
  }

  /** Reads entries of a file; position behind the last one that could be read. */
  private static long read(Segment segment, long from, long until, Listener listener)
      throws IOException {
    try (SegmentReader reader = new SegmentReader(segment.file())) {
      for (long position = segment.first(); position < until; position++) {
        byte[] content = reader.next();
        if (content == null) {
          return Math.max(position, from);
        }
        JournalEntry entry = position < from ? null : Frame.entry(content);
        if (entry != null) {
          listener.entry(position, entry);
        }
      }
      return until;
    }
  }

  /**
   * Waits until everything that was appended is on the disk, unless that is never asked for. Others
   * append meanwhile: a disk may take a tenth of a second for it.
   */
  public void flush() throws IOException {
    if (policy.sync() == Sync.NEVER) {
      return;
    }
    AtomicReference<@Nullable SegmentFile> taken = new AtomicReference<>();
    commit.exclusively(() -> taken.set(writer.toForce()));
    SegmentFile file = taken.get();
    if (file == null) {
      return;
    }
    boolean done = false;
    try {
      file.force();
      done = true;
    } finally {
      writer.forced();
      if (!done) {
        commit.exclusively(writer::notForced);
      }
    }
  }

  /** Forgets what is too old or too much. To be called every minute or so. */
  public void tidy(long nowMillis) throws IOException {
    synchronized (upkeep) {
      Segment last = segments.last();
      if (last.entries() > 0 && nowMillis - last.firstMillis() >= policy.segmentMillis()) {
        commit.exclusively(writer::turn);
      }
      for (Segment old :
          segments.removeBefore(nowMillis - policy.keepMillis(), policy.maxBytes())) {
        Files.deleteIfExists(old.file());
      }
    }
  }

  /**
   * Erases what is to be forgotten of all entries that are there now. Files are written anew beside
   * the old ones and put in their place, so a crash leaves one or the other.
   *
   * @return how many entries were changed
   */
  public int erase(Eraser eraser) throws IOException {
    synchronized (upkeep) {
      commit.exclusively(writer::turn);
      int changed = 0;
      for (Segment segment : segments.all()) {
        if (segment.entries() > 0 && segment.first() < segments.last().first()) {
          changed += rewrite(segment, eraser);
        }
      }
      return changed;
    }
  }

  private int rewrite(Segment segment, Eraser eraser) throws IOException {
    Path unfinished = segment.file().resolveSibling(segment.file().getFileName() + UNFINISHED);
    int changed = 0;
    try (SegmentReader reader = new SegmentReader(segment.file());
        FileOutputStream file = new FileOutputStream(unfinished.toFile());
        BufferedOutputStream out = new BufferedOutputStream(file)) {
      byte[] content = reader.next();
      while (content != null) {
        Optional<JournalEntry> kept = Optional.ofNullable(Frame.entry(content));
        if (kept.isPresent() && eraser.concerns(kept.get())) {
          kept = eraser.without(kept.get());
          changed++;
        }
        long receivedMillis = Frame.receivedMillis(content);
        out.write(kept.map(Frame::of).orElseGet(() -> Frame.erased(receivedMillis)));
        content = reader.next();
      }
      out.flush();
      file.getFD().sync();
    }
    if (changed == 0) {
      Files.delete(unfinished);
      return 0;
    }
    long bytes = Files.size(unfinished);
    Files.move(
        unfinished,
        segment.file(),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    segments.replaced(segment, bytes);
    return changed;
  }

  /** Stops; what was appended stays. */
  @Override
  public void close() throws IOException {
    try {
      commit.exclusively(
          () -> {
            if (policy.sync() != Sync.NEVER) {
              writer.force();
            }
            writer.close();
          });
    } finally {
      lock.close();
    }
  }
}
