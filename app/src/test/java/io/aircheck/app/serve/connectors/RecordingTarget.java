package io.aircheck.app.serve.connectors;

import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.export.ExportTarget;
import io.aircheck.notify.export.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Another system that answers as told, and says what it was handed. Thread-safe. */
final class RecordingTarget<T> implements ExportTarget<T> {
  static final Receipt TAKEN = new Receipt(new Delivery.Delivered(""), 0);
  static final Receipt AWAY = new Receipt(new Delivery.RetryAfter("away", Optional.empty()), 0);
  static final Receipt REFUSED = new Receipt(new Delivery.Rejected("no"), 0);

  private final List<T> taken = new ArrayList<>();
  private final BlockingQueue<Receipt> answers = new LinkedBlockingQueue<>();
  private int attempts;
  private Receipt usual = TAKEN;

  /** Gives these answers next, one to each attempt. */
  void answerNext(Receipt... next) {
    answers.addAll(List.of(next));
  }

  /** Gives this answer from now on. */
  synchronized void answer(Receipt always) {
    usual = always;
  }

  @Override
  public synchronized Receipt send(List<T> batch) {
    Receipt next = answers.poll();
    Receipt answer = next == null ? usual : next;
    attempts++;
    if (answer.delivery() instanceof Delivery.Delivered) {
      taken.addAll(batch);
    }
    return answer;
  }

  synchronized List<T> taken() {
    return List.copyOf(taken);
  }

  synchronized int attempts() {
    return attempts;
  }

  @Override
  public void close() {
    // It has nothing open.
  }
}
