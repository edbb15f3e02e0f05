package io.aircheck.experience.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share a write: one of those that wait writes what all of them brought, while
 * the next gather. Alone, a thread writes at once. Thread-safe.
 */
final class GroupCommit {
  /** Writes frames one after the other. */
  interface Writer {
    /**
     * Writes them, and sets their positions.
     *
     * @throws IOException when none of them is written
     */
    void write(List<Waiting> group) throws IOException;
  }

  /** Work that nobody writes meanwhile. */
  interface Work {
    void run() throws IOException;
  }

  /** A frame that is to be written. */
  static final class Waiting {
    final byte[] frame;
    final long receivedMillis;
    long position;
    private boolean done;
    private @Nullable IOException failure;

    Waiting(byte[] frame, long receivedMillis) {
      this.frame = frame;
      this.receivedMillis = receivedMillis;
    }
  }

  private final Writer writer;
  private final long mostWaitingBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private List<Waiting> gathered = new ArrayList<>();
  private long gatheredBytes;
  private boolean writing;

  /**
   * @param mostWaitingBytes what comes when so many wait is refused
   */
  GroupCommit(Writer writer, long mostWaitingBytes) {
    this.writer = writer;
    this.mostWaitingBytes = mostWaitingBytes;
  }

  /**
   * Writes a frame, on this thread or another; when it returns, it is written.
   *
   * @return its position
   * @throws JournalBusyException when too much waits
   * @throws IOException when it could not be written; it will not be there later either
   */
  long commit(byte[] frame, long receivedMillis) throws IOException {
    Waiting mine = new Waiting(frame, receivedMillis);
    gather(mine);
    List<Waiting> group = groupToWrite(mine);
    while (!group.isEmpty()) {
      write(group);
      group = groupToWrite(mine);
    }
    if (mine.failure != null) {
      throw new IOException(mine.failure.getMessage(), mine.failure);
    }
    return mine.position;
  }

  /** Bytes that wait to be written. */
  long waitingBytes() {
    lock.lock();
    try {
      return gatheredBytes;
    } finally {
      lock.unlock();
    }
  }

  private void gather(Waiting mine) throws JournalBusyException {
    lock.lock();
    try {
      if (gatheredBytes + mine.frame.length > mostWaitingBytes && !gathered.isEmpty()) {
        throw new JournalBusyException(gatheredBytes);
      }
      gathered.add(mine);
      gatheredBytes += mine.frame.length;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a frame is written, or it is up to this thread to write: a group; none: it is. */
  private List<Waiting> groupToWrite(Waiting mine) {
    lock.lock();
    try {
      while (writing && !mine.done) {
        written.awaitUninterruptibly();
      }
      if (mine.done) {
        return List.of();
      }
      List<Waiting> group = gathered;
      gathered = new ArrayList<>(group.size());
      gatheredBytes = 0;
      writing = true;
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Waiting> group) {
    try {
      writer.write(group);
      finish(group, null);
    } catch (IOException e) {
      finish(group, e);
    } catch (RuntimeException | Error e) {
      finish(group, new IOException("could not be written", e));
    }
  }

  private void finish(List<Waiting> group, @Nullable IOException failure) {
    lock.lock();
    try {
      writing = false;
      for (Waiting one : group) {
        one.failure = failure;
        one.done = true;
      }
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Runs work while nobody writes. */
  void exclusively(Work work) throws IOException {
    lock.lock();
    try {
      while (writing) {
        written.awaitUninterruptibly();
      }
      work.run();
    } finally {
      lock.unlock();
    }
  }
}
