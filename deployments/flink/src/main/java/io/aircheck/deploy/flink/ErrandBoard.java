package io.aircheck.deploy.flink;

import io.aircheck.core.media.RequestLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where errands wait for a worker that asks for some, and whoever has posted one for its answer.
 * Thread-safe.
 */
final class ErrandBoard {
  /** A clip that is larger is none: a minute of 30 Mbit/s. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int PART = 1 << 16;

  /** What was posted; {@code file} takes a clip. */
  private record Posted(
      Errand errand, @Nullable Path file, CompletableFuture<Optional<ErrandAnswer>> answer) {}

  private final Duration patience;

  /** Guards the fields below, and is told when there is something new. */
  private final Object lock = new Object();

  private final List<Posted> open = new ArrayList<>();
  private final Map<String, Posted> taken = new HashMap<>();
  private boolean closed;

  /**
   * @param patience how long an answer may take
   */
  ErrandBoard(Duration patience) {
    this.patience = patience;
  }

  /**
   * Has a worker write a clip; see {@link io.aircheck.core.media.PacketRecording#write}.
   *
   * @return whether there was anything to write; not when no worker has the stream
   * @throws IOException when it fails there, or takes too long
   */
  boolean clip(String stream, String task, long fromMicros, long toMicros, Path file)
      throws IOException {
    Errand.Clip clip = new Errand.Clip(name(), stream, task, fromMicros, toMicros);
    Posted posted = new Posted(clip, file, new CompletableFuture<>());
    return switch (post(posted).orElse(null)) {
      case null -> true;
      case ErrandAnswer.Failed failed -> throw new IOException(failed.why());
      case ErrandAnswer.Nothing nothing -> false;
      case ErrandAnswer.Exchanges exchanges -> throw new IOException("no answer to a clip");
    };
  }

  /** The latest requests of the input of a task, oldest first; none when nobody tells. */
  List<RequestLog.Exchange> requests(String stream, String task) {
    Errand.Requests requests = new Errand.Requests(name(), stream, task);
    Posted posted = new Posted(requests, null, new CompletableFuture<>());
    try {
      return post(posted).orElse(null) instanceof ErrandAnswer.Exchanges exchanges
          ? exchanges.latest()
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String name() {
    return UUID.randomUUID().toString();
  }

  private Optional<ErrandAnswer> post(Posted posted) throws IOException {
    synchronized (lock) {
      open.add(posted);
      lock.notifyAll();
    }
    try {
      return posted.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      synchronized (lock) {
        if (open.remove(posted)) {
          // No worker has the stream: what one kept is gone with it.
          return Optional.of(new ErrandAnswer.Nothing());
        }
      }
      throw new IOException("the worker does not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while waiting for a worker", e);
    } catch (ExecutionException e) {
      throw new IOException("the answer of the worker did not arrive", e.getCause());
    } finally {
      synchronized (lock) {
        open.remove(posted);
        taken.remove(posted.errand().id());
      }
    }
  }

  /**
   * What a worker is to do next; waits for it.
   *
   * @param streams those that the worker has
   * @param patienceMillis how long it waits
   */
  Optional<Errand> take(Set<String> streams, long patienceMillis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    synchronized (lock) {
      while (true) {
        for (Iterator<Posted> all = open.iterator(); all.hasNext(); ) {
          Posted posted = all.next();
          if (streams.contains(posted.errand().stream())) {
            all.remove();
            taken.put(posted.errand().id(), posted);
            return Optional.of(posted.errand());
          }
        }
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (leftMillis <= 0 || closed) {
          return Optional.empty();
        }
        lock.wait(leftMillis);
      }
    }
  }

  /** An errand was done without a clip; one that nobody waits for any more is ignored. */
  void answered(String errand, ErrandAnswer answer) {
    Posted posted = posted(errand);
    if (posted != null) {
      posted.answer().complete(Optional.of(answer));
    }
  }

  /**
   * The clip of an errand arrives; one that nobody waits for any more goes nowhere.
   *
   * @throws IOException when it breaks off, is too large, or cannot be kept
   */
  void clip(String errand, InputStream bytes) throws IOException {
    Posted posted = posted(errand);
    if (posted == null || posted.file() == null) {
      return;
    }
    try {
      keep(bytes, posted, posted.file());
    } catch (IOException e) {
      posted.answer().completeExceptionally(e);
      throw e;
    }
  }

  /** Beside the file at first: whoever has asked for it may give up, and do with it as he likes. */
  private void keep(InputStream bytes, Posted posted, Path file) throws IOException {
    Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), "clip", ".part");
    try {
      write(bytes, beside);
      synchronized (lock) {
        // Whoever gives up takes it out of these before he goes.
        if (taken.containsKey(posted.errand().id())) {
          Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
          posted.answer().complete(Optional.empty());
        }
      }
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Sends away whoever waits for an errand. */
  void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }

  private @Nullable Posted posted(String errand) {
    synchronized (lock) {
      return taken.get(errand);
    }
  }

  private static void write(InputStream bytes, Path file) throws IOException {
    byte[] part = new byte[PART];
    long left = MOST_BYTES;
    try (OutputStream out = Files.newOutputStream(file)) {
      int count = bytes.read(part);
      while (count >= 0) {
        left -= count;
        if (left < 0) {
          throw new IOException("a clip of more than %d MB".formatted(MOST_BYTES >> 20));
        }
        out.write(part, 0, count);
        count = bytes.read(part);
      }
    }
  }
}
