package io.aircheck.notify.kafka;

import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Discretion;
import io.aircheck.core.viewer.ReportLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Hands reports over to a topic: the key is the session, so that a partition has all of it in its
 * order, and the time of a record is when the reports were received. What {@link #append} returns
 * from is on all brokers that are to have it. A record without a key tells the time.
 *
 * <p>After a failure the others fail at once for a second: while brokers are away, nobody who waits
 * for them piles up.
 */
public final class KafkaReportLog implements ReportLog {
  /** So many may wait for brokers at once. */
  private static final int MOST_WAITING = 20_000;

  private static final long PAUSE_NANOS = 1_000_000_000L;

  /** Reports of so much time may share a request, which costs brokers much less. */
  private static final int LINGER_MILLIS = 5;

  private static final int BATCH_BYTES = 128 * 1024;

  /** Making a producer looks brokers up; who waits for that waits for no more than this. */
  private static final long LOOK_UP_MILLIS = 2_000;

  private final KafkaConnection connection;
  private final Discretion discretion;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final Object making = new Object();
  private @Nullable Producer<String, byte[]> producer;
  private boolean closed;

  /** Until then it is not tried; {@code failed} says why. */
  private volatile long pauseEndsNanos;

  private volatile @Nullable IOException failed;

  /**
   * Does not connect.
   *
   * @param values as those of a channel of this type
   * @throws IllegalArgumentException one line without secrets that says which setting is wrong
   */
  public KafkaReportLog(Map<String, String> values) {
    ChannelSettings settings = new ChannelSettings("kafka", KafkaConnection.SETTINGS, values);
    connection = new KafkaConnection(settings);
    discretion = settings.discretion();
  }

  /** What other clients of these brokers are set up by, by names of Kafka; with secrets. */
  public Map<String, Object> client() {
    return connection.client();
  }

  /**
   * Asks brokers for the topic, for a few seconds at most.
   *
   * @return why it will not do before somebody changes something: user, password, certificates or
   *     rights; one line without secrets. Empty also where brokers cannot be reached now.
   */
  public Optional<String> refusal() {
    try {
      List<PartitionInfo> unused = producer().partitionsFor(connection.topic());
    } catch (AuthenticationException | AuthorizationException e) {
      IOException unused = fail(e, e);
      return problem();
    } catch (KafkaException e) {
      IOException unused = fail(e, e);
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(failed).map(IOException::getMessage);
  }

  /** Name of the topic. */
  public String topic() {
    return connection.topic();
  }

  @Override
  public void append(long atMillis, List<Entry> entries) throws IOException {
    IOException last = failed;
    if (last != null && System.nanoTime() - pauseEndsNanos < 0) {
      throw new IOException(last.getMessage(), last);
    }
    if (!waiting.tryAcquire()) {
      throw new BusyException();
    }
    try {
      send(atMillis, entries);
      failed = null;
    } catch (KafkaException | IllegalStateException e) {
      throw fail(e, e);
    } catch (ExecutionException e) {
      throw fail(e.getCause(), e);
    } catch (TimeoutException e) {
      throw pause("no answer within " + connection.timeout().toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      waiting.release();
    }
  }

  private void send(long atMillis, List<Entry> entries)
      throws ExecutionException, InterruptedException, TimeoutException {
    Producer<String, byte[]> open = producer();
    List<Future<?>> sent = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      sent.add(
          open.send(
              new ProducerRecord<>(
                  connection.topic(), null, atMillis, entry.session(), entry.reports())));
    }
    for (Future<?> one : sent) {
      Object unused = one.get(connection.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private IOException fail(@Nullable Throwable what, Exception cause) {
    // Kafka's own class is that of a producer which has failed for good.
    if (what instanceof AuthenticationException
        || (what != null && what.getClass() == KafkaException.class)) {
      forget();
    }
    return pause(KafkaConnection.words(what), cause);
  }

  /** A producer that was refused once stays so, whatever brokers think of its user later. */
  private void forget() {
    synchronized (making) {
      if (producer != null) {
        producer.close(Duration.ZERO);
        producer = null;
      }
    }
  }

  private IOException pause(String words, Exception cause) {
    IOException failure =
        new IOException("topic %s: %s".formatted(connection.topic(), discretion.of(words)), cause);
    failed = failure;
    pauseEndsNanos = System.nanoTime() + PAUSE_NANOS;
    return failure;
  }

  @Override
  public void tick(long atMillis) {
    try {
      Producer<String, byte[]> open = producer();
      byte[] nothing = "".getBytes(StandardCharsets.UTF_8);
      for (PartitionInfo partition : open.partitionsFor(connection.topic())) {
        Future<?> unused =
            open.send(
                new ProducerRecord<>(
                    connection.topic(), partition.partition(), atMillis, null, nothing),
                (where, failure) -> told(failure));
      }
    } catch (KafkaException | IllegalStateException e) {
      IOException unused = fail(e, e);
    }
  }

  /** What became of a tick. On the thread of the producer, which must not close it. */
  private void told(@Nullable Exception failure) {
    if (failure == null) {
      failed = null;
    } else {
      IOException unused = pause(KafkaConnection.words(failure), failure);
    }
  }

  private Producer<String, byte[]> producer() {
    synchronized (making) {
      if (closed) {
        throw new IllegalStateException("the topic is closed");
      }
      Producer<String, byte[]> made = producer;
      if (made == null) {
        made =
            connection.producer(
                Map.of(
                    ProducerConfig.CLIENT_ID_CONFIG,
                    "aircheck-collector",
                    ProducerConfig.LINGER_MS_CONFIG,
                    LINGER_MILLIS,
                    ProducerConfig.BATCH_SIZE_CONFIG,
                    BATCH_BYTES,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    Math.min(LOOK_UP_MILLIS, connection.timeout().toMillis()),
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    (int) connection.timeout().toMillis() - LINGER_MILLIS));
        producer = made;
      }
      return made;
    }
  }

  /** Whoever waits is told that it failed, after at most a second. */
  @Override
  public void close() {
    synchronized (making) {
      closed = true;
      if (producer != null) {
        producer.close(Duration.ofSeconds(1));
        producer = null;
      }
    }
  }
}
