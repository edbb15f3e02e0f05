package io.aircheck.app.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.store.MetricHistory;
import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Series;
import io.aircheck.core.store.StoreException;
import io.aircheck.deploy.inprocess.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetricRecorderTest {
  private static final TaskId TASK = new TaskId("news", null, Point.MONITORED);

  private final AtomicLong now = new AtomicLong();
  private final ScriptedHistory history = new ScriptedHistory();

  private MetricRecorder recorder() {
    return recorder(Duration.ofMillis(10));
  }

  private MetricRecorder recorder(Duration writeInterval) {
    return new MetricRecorder(
        history, Duration.ofDays(1), Duration.ofDays(30), writeInterval, now::get);
  }

  private static void handOver(MetricRecorder recorder, double... values) {
    MetricRecorder.Lane lane = recorder.lane(TASK);
    for (int i = 0; i < values.length; i++) {
      lane.add("video:0", "video.luma_mean", 1000L * i, values[i]);
    }
    lane.hand();
  }

  @Test
  void close_storeThatWasAway_hasEverythingInOrderAndNothingIsCounted() throws Exception {
    history.failures = 1;
    MetricRecorder recorder = recorder();
    handOver(recorder, 1, 2);
    assertThat(history.failed.await(10, TimeUnit.SECONDS)).isTrue();
    handOver(recorder, 3);

    recorder.close();

    assertThat(history.sums).containsExactly(1.0, 2.0, 3.0);
    assertThat(recorder.dropped()).isZero();
  }

  @Test
  void query_beforeAnythingIsWritten_hasWhatWaits() {
    try (MetricRecorder recorder = recorder(Duration.ofHours(1))) {
      handOver(recorder, 1, 2, 4);

      Series luma = new Series("news", null, "video:0", "video.luma_mean");
      assertThat(recorder.query(luma, 0, 3000, 2000))
          .containsExactly(new Bucket(0, 2, 3, 1, 2), new Bucket(2000, 1, 4, 4, 4));
      assertThat(recorder.query(luma, 1000, 2000, 1000))
          .containsExactly(new Bucket(1000, 1, 2, 2, 2));
      assertThat(recorder.series("news", 0, 3000)).containsExactly(luma);
      assertThat(recorder.curves("news", 1000, 3000, 1000))
          .containsExactly(
              entry(luma, List.of(new Bucket(1000, 1, 2, 2, 2), new Bucket(2000, 1, 4, 4, 4))));
      assertThat(recorder.series("news", 5000, 9000)).isEmpty();
      assertThat(recorder.series("sport", 0, 3000)).isEmpty();
    }
  }

  @Test
  void add_moreThanMayWait_isWrittenBeforeItsTime() throws Exception {
    try (MetricRecorder recorder = recorder(Duration.ofHours(1))) {
      MetricRecorder.Lane lane = recorder.lane(TASK);
      for (int second = 0; second < 1_500; second++) {
        for (int curve = 0; curve < 200; curve++) {
          lane.add("video:0", "metric" + curve, second * 1000L, 1);
        }
      }

      assertThat(history.appended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(recorder.dropped()).isZero();
    }
  }

  @Test
  void close_storeThatStaysAway_countsWhatIsLost() {
    history.failures = Integer.MAX_VALUE;
    MetricRecorder recorder = recorder();
    handOver(recorder, 1, 2);

    recorder.close();

    assertThat(recorder.dropped()).isEqualTo(2);
  }

  @Test
  void write_aMinuteAfterTheStart_makesMinutesOfWhatIsOld_andFailingAtThatLosesNothing()
      throws Exception {
    MetricRecorder recorder = recorder();
    now.set(60_000);
    handOver(recorder, 1);
    assertThat(history.compacted.await(10, TimeUnit.SECONDS)).isTrue();
    handOver(recorder, 2);

    recorder.close();

    assertThat(history.sums).containsExactly(1.0, 2.0);
    assertThat(recorder.dropped()).isZero();
  }

  /** Keeps sums, fails as often as told, and at every compaction. */
  private static final class ScriptedHistory implements MetricHistory {
    private final List<Double> sums = new ArrayList<>();
    private final CountDownLatch failed = new CountDownLatch(1);
    private final CountDownLatch appended = new CountDownLatch(1);
    private final CountDownLatch compacted = new CountDownLatch(1);
    private volatile int failures;

    @Override
    public synchronized void append(List<Sample> samples) {
      if (failures > 0 && !samples.isEmpty()) {
        failures--;
        failed.countDown();
        throw new StoreException("away", true, null);
      }
      samples.forEach(sample -> sums.add(sample.bucket().sum()));
      if (!samples.isEmpty()) {
        appended.countDown();
      }
    }

    @Override
    public List<Series> series(String stream, long fromMillis, long toMillis) {
      return List.of();
    }

    @Override
    public List<Bucket> query(Series series, long fromMillis, long toMillis, long stepMillis) {
      return List.of();
    }

    @Override
    public SortedMap<Series, List<Bucket>> curves(
        String stream, long fromMillis, long toMillis, long stepMillis) {
      return Collections.emptySortedMap();
    }

    @Override
    public void compact(long secondsBeforeMillis, long minutesBeforeMillis) {
      compacted.countDown();
      throw new StoreException("busy", true, null);
    }
  }
}
