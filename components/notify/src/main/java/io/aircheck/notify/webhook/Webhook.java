package io.aircheck.notify.webhook;

import io.aircheck.core.notify.Notification;
import io.aircheck.core.notify.Notifier;
import io.aircheck.notify.json.CloudEvent;
import java.util.Optional;

/** Posts CloudEvents. */
final class Webhook implements Notifier {
  private final SignedPost post;
  private final String source;

  Webhook(SignedPost post, String source) {
    this.post = post;
    this.source = source;
  }

  @Override
  public Optional<String> check() {
    return post.reach();
  }

  @Override
  public Delivery deliver(Notification notification) {
    byte[] body = CloudEvent.bytes(CloudEvent.of(notification, source));
    return post.send(notification.key(), CloudEvent.MEDIA_TYPE, body);
  }
}
