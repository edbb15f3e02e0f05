package io.aircheck.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.core.store.IncidentStore.Commit;
import io.aircheck.core.store.MemoryStore;
import io.aircheck.core.store.Outbox;
import io.aircheck.core.store.Outbox.Status;
import io.aircheck.core.store.Page;
import io.aircheck.core.store.StoreException;
import io.aircheck.testkit.FakeClock;
import io.aircheck.testkit.FakeNotifier;
import io.aircheck.testkit.TestIncidents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DispatcherTest {
  private static final long OPENED_MILLIS = 10_000;

  /** Full waits, without jitter. */
  private static final RandomGenerator NO_JITTER =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return -1;
        }

        @Override
        public double nextDouble() {
          return 1;
        }
      };

  private final MemoryStore store = new MemoryStore();
  private final FailingOutbox outbox = new FailingOutbox(store.outbox());
  private final FakeClock clock = new FakeClock();
  private final Map<String, Notifier> channels = new ConcurrentHashMap<>();
  private final Heard heard = new Heard();
  private final CountDownLatch askedOffDuty = new CountDownLatch(1);
  private volatile boolean onDuty = true;

  /** Said first, one answer after the other. */
  private final Queue<Boolean> firstAnswers = new ConcurrentLinkedQueue<>();

  private final Dispatcher dispatcher =
      new Dispatcher(
          outbox,
          name -> Optional.ofNullable(channels.get(name)),
          DispatchPolicy.DEFAULT,
          heard,
          this::isOnDuty,
          clock,
          NO_JITTER);

  @BeforeEach
  void start() {
    clock.advance(Duration.ofMillis(OPENED_MILLIS + 100));
    dispatcher.start();
  }

  @AfterEach
  void close() {
    dispatcher.close();
  }

  private boolean isOnDuty() {
    Boolean first = firstAnswers.poll();
    if (first != null) {
      return first;
    }
    if (!onDuty) {
      askedOffDuty.countDown();
    }
    return onDuty;
  }

  private IncidentChange commit(String stream, int revision, String... toChannels) {
    IncidentChange change =
        TestIncidents.change(
            revision == 1 ? IncidentChange.Type.OPENED : IncidentChange.Type.UPDATED,
            TestIncidents.incident(stream, OPENED_MILLIS, Incident.State.OPEN, revision));
    List<Notification> notifications =
        List.of(toChannels).stream()
            .map(channel -> Notification.of(change, channel, Map.of()))
            .toList();
    store
        .incidents()
        .commit(List.of(new Commit(stream, new byte[0], List.of(change), notifications)));
    return change;
  }

  private static String key(String stream, int revision, String channel) {
    return Incident.id(stream, "video.black", OPENED_MILLIS) + "~" + revision + "~" + channel;
  }

  private void pass(Duration time) {
    clock.advance(time);
    dispatcher.wake();
  }

  @Test
  void notification_committed_isDeliveredAndSettled() throws InterruptedException {
    channels.put("hook", new FakeNotifier());
    commit("news", 1, "hook");
    dispatcher.wake();

    Outbox.Entry told = heard.next();
    assertThat(told.status()).isEqualTo(Status.DELIVERED);
    assertThat(told.answer()).isEqualTo("ok");
    assertThat(store.outbox().find(key("news", 1, "hook"))).contains(told);
  }

  @Test
  void notification_whileAnotherMayBeOnDuty_waits() throws InterruptedException {
    FakeNotifier hook = new FakeNotifier();
    channels.put("hook", hook);
    onDuty = false;
    commit("news", 1, "hook");
    dispatcher.wake();
    assertThat(askedOffDuty.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(store.outbox().find(key("news", 1, "hook")).orElseThrow().attempts()).isZero();

    onDuty = true;
    dispatcher.wake();
    assertThat(heard.next().status()).isEqualTo(Status.DELIVERED);
  }

  @Test
  void notification_whenDutyIsLostBetweenTheLookAndTheAttempt_isLookedForAgain()
      throws InterruptedException {
    channels.put("hook", new FakeNotifier());
    firstAnswers.addAll(List.of(true, false));
    commit("news", 1, "hook");
    dispatcher.wake();

    assertThat(heard.next().status()).isEqualTo(Status.DELIVERED);
  }

  @Test
  void failure_repeated_backsOffFromASecondToTenMinutes() throws InterruptedException {
    FakeNotifier hook = new FakeNotifier();
    for (int i = 0; i < 13; i++) {
      hook.answering(new Delivery.RetryAfter("503", Optional.empty()));
    }
    channels.put("hook", hook);
    commit("news", 1, "hook");
    dispatcher.wake();

    long[] expected = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600};
    for (long seconds : expected) {
      Outbox.Entry told = heard.next();
      assertThat(told.status()).isEqualTo(Status.PENDING);
      assertThat(told.nextAttemptMillis() - clock.millis()).isEqualTo(seconds * 1000);
      pass(Duration.ofSeconds(seconds));
    }
    assertThat(heard.next().attempts()).isEqualTo(13);
  }

  @Test
  void channel_askingForTime_isLeftAloneAltogetherUntilThen() throws InterruptedException {
    FakeNotifier hook =
        new FakeNotifier()
            .answering(new Delivery.RetryAfter("429", Optional.of(Duration.ofSeconds(30))));
    channels.put("hook", hook);
    channels.put("mail", new FakeNotifier());
    commit("news", 1, "hook");
    dispatcher.wake();
    assertThat(heard.next().nextAttemptMillis()).isEqualTo(clock.millis() + 30_000);

    commit("sport", 1, "hook", "mail");
    pass(Duration.ofSeconds(29));
    assertThat(heard.next().notification().key()).isEqualTo(key("sport", 1, "mail"));
    assertThat(hook.received()).hasSize(1);

    pass(Duration.ofSeconds(1));
    assertThat(List.of(heard.nextKey(), heard.nextKey()))
        .containsExactlyInAnyOrder(key("news", 1, "hook"), key("sport", 1, "hook"));
  }

  @Test
  void channel_askingForNoTimeOrForAWeek_isMetWithinReason() throws InterruptedException {
    channels.put(
        "hook",
        new FakeNotifier()
            .answering(
                new Delivery.RetryAfter("503", Optional.of(Duration.ZERO)),
                new Delivery.RetryAfter("503", Optional.of(Duration.ofDays(7)))));
    commit("news", 1, "hook");
    dispatcher.wake();

    assertThat(heard.next().nextAttemptMillis()).isEqualTo(clock.millis() + 1000);
    pass(Duration.ofSeconds(1));
    assertThat(heard.next().nextAttemptMillis()).isEqualTo(clock.millis() + 3_600_000);
  }

  @Test
  void entry_olderThanADay_getsALastAttemptAndIsDead() throws InterruptedException {
    channels.put(
        "hook",
        new FakeNotifier()
            .answering(
                new Delivery.RetryAfter("503", Optional.empty()),
                new Delivery.RetryAfter("503", Optional.empty()),
                new Delivery.RetryAfter("still 503", Optional.empty())));
    commit("news", 1, "hook");
    dispatcher.wake();
    heard.next();

    pass(Duration.ofHours(24).minusSeconds(1));
    Outbox.Entry last = heard.next();
    assertThat(last.status()).isEqualTo(Status.PENDING);
    assertThat(last.nextAttemptMillis())
        .isEqualTo(last.createdMillis() + Duration.ofHours(24).toMillis());

    pass(Duration.ofSeconds(2));
    Outbox.Entry dead = heard.next();
    assertThat(dead.status()).isEqualTo(Status.DEAD);
    assertThat(dead.answer()).isEqualTo("given up after 24 h and 3 attempts: still 503");
  }

  @Test
  void rejectedAndUnknownChannels_areDeadAtOnceAndCanBeRevived() throws InterruptedException {
    FakeNotifier hook = new FakeNotifier().answering(new Delivery.Rejected("410 gone"));
    channels.put("hook", hook);
    commit("news", 1, "hook", "pager");
    dispatcher.wake();

    assertThat(List.of(heard.next(), heard.next()))
        .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(Status.DEAD))
        .extracting(Outbox.Entry::answer)
        .containsExactlyInAnyOrder("410 gone", "there is no channel pager in the configuration");

    assertThat(store.outbox().revive(key("news", 1, "hook"), clock.millis())).isTrue();
    dispatcher.wake();
    assertThat(heard.next().status()).isEqualTo(Status.DELIVERED);
    assertThat(hook.received()).hasSize(2);
  }

  @Test
  void incident_withSeveralChanges_isToldInOrderAfterAFailure() throws InterruptedException {
    FakeNotifier hook =
        new FakeNotifier().answering(new Delivery.RetryAfter("503", Optional.empty()));
    channels.put("hook", hook);
    for (int revision = 1; revision <= 4; revision++) {
      commit("news", revision, "hook");
    }
    dispatcher.wake();
    heard.next();
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < 4; i++) {
      heard.next();
    }

    assertThat(hook.received())
        .containsExactly(
            key("news", 1, "hook"),
            key("news", 1, "hook"),
            key("news", 2, "hook"),
            key("news", 3, "hook"),
            key("news", 4, "hook"));
  }

  @Test
  void channel_thatHangs_holdsUpNobodyElse() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    FakeNotifier slow = new FakeNotifier(gate);
    channels.put("slow", slow);
    channels.put("hook", new FakeNotifier());
    for (int i = 0; i < 400; i++) {
      commit("s" + i, 1, "slow");
    }
    dispatcher.wake();
    commit("news", 1, "hook");
    dispatcher.wake();

    assertThat(heard.nextKey()).isEqualTo(key("news", 1, "hook"));
    assertThat(slow.received()).hasSizeLessThanOrEqualTo(DispatchPolicy.DEFAULT.perChannel());
    gate.countDown();
    for (int i = 0; i < 400; i++) {
      assertThat(heard.next().status()).isEqualTo(Status.DELIVERED);
    }
    assertThat(slow.received()).hasSize(400).doesNotHaveDuplicates();
  }

  @Test
  void store_failingForAWhile_deliversNothingTwice() throws InterruptedException {
    FakeNotifier hook = new FakeNotifier();
    channels.put("hook", hook);
    outbox.failNext(3);
    commit("news", 1, "hook");
    dispatcher.wake();
    while (heard.failures.get() < 3) {
      dispatcher.wake();
      Thread.onSpinWait();
    }

    assertThat(heard.next().status()).isEqualTo(Status.DELIVERED);
    assertThat(hook.received()).containsExactly(key("news", 1, "hook"));
  }

  @Test
  void outcome_thatCannotBeRecorded_isKeptUntilTheStoreHeals() throws InterruptedException {
    FakeNotifier hook = new FakeNotifier();
    channels.put("hook", hook);
    outbox.failNextRecords(2);
    commit("news", 1, "hook");
    dispatcher.wake();
    while (heard.failures.get() < 2) {
      dispatcher.wake();
      Thread.onSpinWait();
    }

    assertThat(heard.next().status()).isEqualTo(Status.DELIVERED);
    assertThat(hook.received()).hasSize(1);
  }

  @Test
  void channel_thatThrows_isTriedAgainAndItsWordsAreNotTold() throws InterruptedException {
    channels.put(
        "hook",
        new Notifier() {
          @Override
          public Optional<String> check() {
            return Optional.empty();
          }

          @Override
          public Delivery deliver(Notification notification) {
            throw new IllegalStateException("key is hunter2");
          }
        });
    commit("news", 1, "hook");
    dispatcher.wake();

    Outbox.Entry told = heard.next();
    assertThat(told.status()).isEqualTo(Status.PENDING);
    assertThat(told.answer()).isEqualTo("the channel failed: IllegalStateException");
  }

  @Test
  void close_whileAChannelHangs_leavesItsEntryForTheNextStart() throws InterruptedException {
    channels.put("slow", new FakeNotifier(new CountDownLatch(1)));
    commit("news", 1, "slow");
    dispatcher.wake();
    while (((FakeNotifier) channels.get("slow")).received().isEmpty()) {
      Thread.onSpinWait();
    }
    dispatcher.close();

    assertThat(store.outbox().find(key("news", 1, "slow")).orElseThrow().status())
        .isEqualTo(Status.PENDING);
  }

  /** What the listener is told. */
  private static final class Heard implements DispatchListener {
    private final BlockingQueue<Outbox.Entry> attempts = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();

    Outbox.Entry next() throws InterruptedException {
      Outbox.Entry entry = attempts.poll(60, TimeUnit.SECONDS);
      assertThat(entry).as("an attempt within a minute").isNotNull();
      return entry;
    }

    String nextKey() throws InterruptedException {
      return next().notification().key();
    }

    @Override
    public void attempted(Outbox.Entry entry, boolean recordsAnswer) {
      attempts.add(entry);
    }

    @Override
    public void storeFailed(StoreException failure) {
      failures.incrementAndGet();
    }
  }

  /** An outbox on a disk that is full now and then. */
  private static final class FailingOutbox implements Outbox {
    private final Outbox outbox;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger failedRecords = new AtomicInteger();

    FailingOutbox(Outbox outbox) {
      this.outbox = outbox;
    }

    void failNext(int times) {
      failures.set(times);
    }

    void failNextRecords(int times) {
      failedRecords.set(times);
    }

    private static void fail(AtomicInteger times) {
      if (times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new StoreException("the disk is full", true, null);
      }
    }

    @Override
    public List<Entry> due(long nowMillis, Set<String> exceptChannels, int limit) {
      fail(failures);
      return outbox.due(nowMillis, exceptChannels, limit);
    }

    @Override
    public OptionalLong nextDueMillis(long afterMillis) {
      return outbox.nextDueMillis(afterMillis);
    }

    @Override
    public void record(List<Outcome> outcomes) {
      fail(failedRecords);
      outbox.record(outcomes);
    }

    @Override
    public boolean revive(String key, long atMillis) {
      return outbox.revive(key, atMillis);
    }

    @Override
    public Optional<Entry> find(String key) {
      return outbox.find(key);
    }

    @Override
    public Page<Entry> list(
        Set<Status> statuses, Optional<String> incident, Optional<String> cursor, int limit) {
      return outbox.list(statuses, incident, cursor, limit);
    }
  }
}
