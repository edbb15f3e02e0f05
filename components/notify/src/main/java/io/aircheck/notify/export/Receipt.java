package io.aircheck.notify.export;

import io.aircheck.core.notify.Discretion;
import io.aircheck.core.notify.Notifier.Delivery;

/**
 * What became of a batch.
 *
 * @param delivery whether it has arrived
 * @param refused parts of a delivered batch that were not taken, and never will be
 */
public record Receipt(Delivery delivery, int refused) {

  /** The same with reasons of one line without secrets. */
  public Receipt told(Discretion discretion) {
    Delivery told =
        switch (delivery) {
          case Delivery.Delivered taken -> new Delivery.Delivered(discretion.of(taken.answer()));
          case Delivery.RetryAfter later ->
              new Delivery.RetryAfter(discretion.of(later.reason()), later.after());
          case Delivery.Rejected never -> new Delivery.Rejected(discretion.of(never.reason()));
        };
    return new Receipt(told, refused);
  }
}
