package io.aircheck.experience.journal;

import io.aircheck.experience.journal.GroupCommit.Waiting;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes groups of frames to the last file of a journal, and begins the next one. A group that
 * cannot be written whole is cut off again, so that it is there or not. One thread at a time.
 */
final class SegmentWriter implements GroupCommit.Writer {
  private static final int KEPT_BUFFER = 1 << 20;

  private final SegmentList segments;
  private final JournalPolicy policy;
  private final SegmentFile.Disk disk;

  /** The last file; null: it is to be opened. */
  private @Nullable SegmentFile file;

  private byte[] buffer = new byte[64 * 1024];
  private boolean unforced;
  private boolean closed;

  /** Taken while a file is forced beside what is written to it, which then must not be closed. */
  private final Semaphore forcing = new Semaphore(1);

  SegmentWriter(SegmentList segments, JournalPolicy policy, SegmentFile.Disk disk) {
    this.segments = segments;
    this.policy = policy;
    this.disk = disk;
  }

  @Override
  public void write(List<Waiting> group) throws IOException {
    if (closed) {
      throw new IOException("the journal is closed");
    }
    Segment last = segments.last();
    boolean old = group.getFirst().receivedMillis - last.firstMillis() >= policy.segmentMillis();
    if (last.entries() > 0 && (last.bytes() >= policy.segmentBytes() || old)) {
      turn();
    }
    int length = gather(group);
    try {
      SegmentFile open = open();
      open.append(buffer, length);
      unforced = true;
      if (policy.sync() == Sync.ALWAYS) {
        force();
      }
    } catch (IOException e) {
      cutOff(e);
      throw e;
    } finally {
      if (buffer.length > KEPT_BUFFER) {
        buffer = new byte[KEPT_BUFFER];
      }
    }
    segments.appended(group);
  }

  /** Begins the next file, unless the last one is empty. */
  void turn() throws IOException {
    if (segments.last().entries() == 0) {
      return;
    }
    if (policy.sync() != Sync.NEVER) {
      force();
    }
    closeFile();
    segments.begin();
  }

  /** Waits until everything is on the disk. */
  void force() throws IOException {
    if (file != null && unforced) {
      file.force();
      unforced = false;
    }
  }

  /**
   * The file that is to be forced, by this thread and while others write; it is not closed until it
   * is {@linkplain #forced given back}.
   *
   * @return null: everything is on the disk, or another thread is waiting for that
   */
  @Nullable SegmentFile toForce() {
    if (file == null || !unforced || !forcing.tryAcquire()) {
      return null;
    }
    unforced = false;
    return file;
  }

  /** A file that was to be forced is no longer used. */
  void forced() {
    forcing.release();
  }

  /** What was to be forced could not be. */
  void notForced() {
    unforced = true;
  }

  void close() throws IOException {
    closed = true;
    closeFile();
  }

  private void closeFile() throws IOException {
    SegmentFile open = file;
    file = null;
    if (open != null) {
      close(open);
    }
  }

  private void close(SegmentFile open) throws IOException {
    forcing.acquireUninterruptibly();
    try {
      open.close();
    } finally {
      forcing.release();
    }
  }

  /** The last file, without what a crash or a full disk left at its end. */
  private SegmentFile open() throws IOException {
    SegmentFile open = file;
    if (open == null) {
      Segment last = segments.last();
      open = disk.open(last.file());
      open.truncate(last.bytes());
      file = open;
    }
    return open;
  }

  private int gather(List<Waiting> group) {
    int length = 0;
    for (Waiting one : group) {
      int next = length + one.frame.length;
      if (next > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(next, 2 * buffer.length));
      }
      System.arraycopy(one.frame, 0, buffer, length, one.frame.length);
      length = next;
    }
    return length;
  }

  /** Leaves nothing of a group; what cannot even be cut now is cut when it is opened again. */
  private void cutOff(IOException cause) {
    SegmentFile open = file;
    if (open == null) {
      return;
    }
    try {
      open.truncate(segments.last().bytes());
    } catch (IOException e) {
      cause.addSuppressed(e);
      file = null;
      try {
        close(open);
      } catch (IOException closing) {
        cause.addSuppressed(closing);
      }
    }
  }
}
