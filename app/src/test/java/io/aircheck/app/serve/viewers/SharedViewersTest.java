package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.JsonShape;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a copy does with reports that does not have the viewers, or not yet. */
class SharedViewersTest {
  private static final byte[] REPORT =
      "{\"session\":\"a\",\"sequence\":0,\"time\":1000,\"state\":\"playing\",\"content\":\"c\"}"
          .getBytes(StandardCharsets.UTF_8);

  private final List<JournalEntry> passedOn = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
  private final AtomicInteger given = new AtomicInteger();
  private final Semaphore tried = new Semaphore(0);
  private volatile boolean here;
  private volatile @Nullable Answer refusal;
  private ViewerPlaces places;
  private SharedViewers viewers;

  @BeforeEach
  void start() throws Exception {
    ViewerSettings settings =
        SettingsReader.read(JsonNodeFactory.instance.objectNode(), ViewerSettings.class);
    places = new ViewerPlaces(settings, logged::add);
    viewers =
        new SharedViewers(
            settings,
            places,
            new SharedViewers.Opening() {
              @Override
              public void given() {
                given.incrementAndGet();
              }

              @Override
              public Viewers open() throws IOException {
                tried.release();
                throw new IOException("/mnt/viewers is used by another process");
              }
            },
            () -> here,
            (entry, reports) -> {
              passedOn.add(entry);
              return refusal;
            },
            new FakeClock(),
            logged::add);
  }

  @AfterEach
  void stop() {
    viewers.close();
    places.close();
  }

  private Answer take() {
    return viewers.take(
        JsonShape.of(REPORT),
        new Sender(null, null, null, null),
        new Target("/r", Map.of()),
        new Location(null, null),
        REPORT);
  }

  @Test
  void take_whileAnotherCopyHasTheViewers_isWhatThatCopyAnswers() {
    assertThat(take()).isEqualTo(new Answer.Taken(1, 0));
    assertThat(passedOn).hasSize(1);
    assertThat(passedOn.getFirst().body()).isEqualTo(REPORT);
    assertThat(viewers.counters().taken()).isEqualTo(1);

    Answer busy = new Answer.TooMany(1);
    refusal = busy;
    assertThat(take()).isEqualTo(busy);
    assertThat(viewers.counters().taken()).isEqualTo(1);
  }

  @Test
  void take_whileTheCopyBeforeStillHasTheJournal_isRefusedAndSaid() throws Exception {
    here = true;

    assertThat(logged.poll(20, TimeUnit.SECONDS))
        .isEqualTo("the viewers cannot be taken over: /mnt/viewers is used by another process");
    assertThat(take()).isInstanceOf(Answer.Unavailable.class);
    assertThat(viewers.problem()).hasValueSatisfying(said -> assertThat(said).contains("/mnt"));
    assertThat(passedOn).isEmpty();
    assertThat(tried.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
    assertThat(given).hasValue(1);
    assertThat(logged).isEmpty();
  }

  @Test
  void takePassedOn_byACopyThatDoesNotHaveTheViewers_isRefused() {
    take();

    assertThat(viewers.takePassedOn(passedOn.getFirst())).isInstanceOf(Answer.Unavailable.class);
    assertThat(viewers.counters().taken()).isEqualTo(1);
  }
}
