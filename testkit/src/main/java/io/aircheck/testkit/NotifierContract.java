package io.aircheck.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.Notifier.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every channel must do alike, whoever is at the other end. */
@Timeout(120)
public abstract class NotifierContract {
  /** Every secret that a channel under test is given is this one. */
  protected static final String SECRET = "hunter2-hunter2";

  /** How long it may take in all what has a time-out of a second, on a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final OutboundPolicy OPEN =
      new OutboundPolicy(Set.of("http", "https"), true, List.of());

  private static final OutboundPolicy STRICT =
      new OutboundPolicy(Set.of("http", "https"), false, List.of());

  /** Who is at the other end. */
  public enum Receiver {
    ACCEPTS,
    /** Cannot just now. */
    IS_BUSY,
    /** Will never take it. */
    REFUSES,
    /** Takes the connection and says nothing. */
    HANGS,
    /** Says more than anybody wants to hear. */
    NEVER_STOPS,
    /** Nobody listens. */
    IS_AWAY,
    /** Accepts, and says what it was told, secrets included, or refuses with the same words. */
    ECHOES
  }

  /**
   * Makes a channel, as configuration would, with a time-out of a second and a receiver on
   * loopback; the test class closes the receiver.
   */
  protected abstract Notifier open(Receiver receiver, OutboundPolicy outbound) throws Exception;

  /** A second where the time-out is what is tested; otherwise longer than a busy machine takes. */
  protected static int timeoutSeconds(Receiver receiver) {
    return receiver == Receiver.HANGS ? 1 : 50;
  }

  /** A notification of a change, of an incident with everything in it. */
  protected static Notification notification(IncidentChange.Type type) {
    Incident.State state =
        type == IncidentChange.Type.CLOSED ? Incident.State.CLOSED : Incident.State.OPEN;
    return Notification.of(
        TestIncidents.change(type, TestIncidents.incident("news", 1_766_599_200_000L, state, 3)),
        "ops",
        Map.of("cdn", "north", "region", "eu"));
  }

  private Delivery deliverTo(Receiver receiver) throws Exception {
    try (Notifier notifier = open(receiver, OPEN)) {
      long start = System.nanoTime();
      Delivery delivery = notifier.deliver(notification(IncidentChange.Type.OPENED));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
      assertSingleShortLine(words(delivery));
      return delivery;
    }
  }

  private static String words(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Delivered(String answer) -> answer;
      case Delivery.RetryAfter(String reason, var after) -> reason;
      case Delivery.Rejected(String reason) -> reason;
    };
  }

  private static void assertSingleShortLine(String words) {
    assertThat(words).isNotBlank().hasSizeLessThanOrEqualTo(1000).doesNotContain("\n", "\r");
  }

  @ParameterizedTest
  @EnumSource(IncidentChange.Type.class)
  void deliver_whateverHappened_isDelivered(IncidentChange.Type type) throws Exception {
    try (Notifier notifier = open(Receiver.ACCEPTS, OPEN)) {
      assertThat(notifier.deliver(notification(type))).isInstanceOf(Delivery.Delivered.class);
    }
  }

  @Test
  void deliver_receiverBusy_isForLater() throws Exception {
    assertThat(deliverTo(Receiver.IS_BUSY)).isInstanceOf(Delivery.RetryAfter.class);
  }

  @Test
  void deliver_receiverRefuses_isRejected() throws Exception {
    assertThat(deliverTo(Receiver.REFUSES)).isInstanceOf(Delivery.Rejected.class);
  }

  @Test
  void deliver_receiverHangs_isForLaterAfterTheTimeOut() throws Exception {
    assertThat(deliverTo(Receiver.HANGS)).isInstanceOf(Delivery.RetryAfter.class);
  }

  @Test
  void deliver_receiverAway_isForLater() throws Exception {
    assertThat(deliverTo(Receiver.IS_AWAY)).isInstanceOf(Delivery.RetryAfter.class);
  }

  @Test
  void deliver_answerWithoutEnd_isCutOff() throws Exception {
    deliverTo(Receiver.NEVER_STOPS);
  }

  @Test
  void deliver_receiverEchoesSecrets_theyDoNotComeOut() throws Exception {
    assertThat(words(deliverTo(Receiver.ECHOES))).contains("***").doesNotContain(SECRET);
  }

  @Test
  void deliver_addressOutsideOfThePolicy_isRejectedWithWhatToDo() throws Exception {
    try (Notifier notifier = open(Receiver.ACCEPTS, STRICT)) {
      Delivery delivery = notifier.deliver(notification(IncidentChange.Type.OPENED));
      assertThat(delivery).isInstanceOf(Delivery.Rejected.class);
      assertThat(words(delivery)).contains("outbound.private").doesNotContain(SECRET);
      assertThat(notifier.check())
          .hasValueSatisfying(told -> assertThat(told).contains("outbound"));
    }
  }

  @Test
  void check_receiverThere_findsNothing() throws Exception {
    try (Notifier notifier = open(Receiver.ACCEPTS, OPEN)) {
      assertThat(notifier.check()).isEmpty();
    }
  }

  @Test
  void check_receiverAway_saysSo() throws Exception {
    try (Notifier notifier = open(Receiver.IS_AWAY, OPEN)) {
      Optional<String> problem = notifier.check();
      assertThat(problem).isPresent();
      assertSingleShortLine(problem.get());
      assertThat(problem.get()).doesNotContain(SECRET);
    }
  }
}
