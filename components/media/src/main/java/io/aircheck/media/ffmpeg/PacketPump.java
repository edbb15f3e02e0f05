package io.aircheck.media.ffmpeg;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets on a thread of its own into a queue of limited size, so that whoever decodes is
 * never blocked by a silent input. When the queue is full the input has to wait.
 */
final class PacketPump implements PacketSource {
  /** About 16 s of a 4 Mb/s stream. */
  private static final long MAX_QUEUED_BYTES = 8L << 20;

  private static final int MAX_QUEUED_ITEMS = 4096;
  private static final AtomicLong THREADS = new AtomicLong();

  private final PacketReader reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Item> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean stopped;

  /** Only of the thread that polls. */
  private long waitedNanos;

  PacketPump(PacketReader reader) {
    this.reader = reader;
    Thread.ofPlatform()
        .daemon()
        .name("aircheck-input-" + THREADS.incrementAndGet())
        .start(this::run);
  }

  private void run() {
    try {
      boolean over = false;
      while (!over) {
        Item item = reader.read();
        over = item instanceof Item.End || item instanceof Item.Failed || !put(item);
        if (over) {
          putLast(item);
        }
      }
    } finally {
      reader.close();
    }
  }

  /** Queues an item once there is room; false when stopped. */
  private boolean put(Item item) {
    lock.lock();
    try {
      while (!stopped && (queuedBytes > MAX_QUEUED_BYTES || queue.size() >= MAX_QUEUED_ITEMS)) {
        changed.awaitUninterruptibly();
      }
      if (stopped) {
        return false;
      }
      queue.add(item);
      queuedBytes += bytes(item);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void putLast(Item item) {
    lock.lock();
    try {
      if (stopped) {
        PacketReader.release(item);
      } else {
        queue.add(item);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private static long bytes(Item item) {
    return item instanceof Item.Packet packet ? packet.packet().size() : 0;
  }

  @Override
  public @Nullable Item poll(Duration timeout) {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (queue.isEmpty() && !stopped) {
        if (left <= 0) {
          return null;
        }
        long leftBefore = left;
        left = changed.awaitNanos(left);
        waitedNanos += leftBefore - left;
      }
      if (stopped) {
        return new Item.End();
      }
      Item item = queue.remove();
      queuedBytes -= bytes(item);
      changed.signalAll();
      return item;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public OptionalLong waitedNanos() {
    return OptionalLong.of(waitedNanos);
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    reader.stop();
  }

  @Override
  public void close() {
    stop();
    lock.lock();
    try {
      queue.forEach(PacketReader::release);
      queue.clear();
    } finally {
      lock.unlock();
    }
  }
}
