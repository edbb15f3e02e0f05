package io.aircheck.notify.webhook;

import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Discretion;
import io.aircheck.core.notify.Notifier.Delivery;
import io.aircheck.notify.export.ExportEvent;
import io.aircheck.notify.export.ExportTarget;
import io.aircheck.notify.export.Receipt;
import io.aircheck.notify.json.CloudEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Posts batches of CloudEvents, in the batched JSON format, signed as those of a channel. A batch
 * is several bodies where it is long; one that fails has the whole batch sent again.
 */
public final class WebhookEvents implements ExportTarget<ExportEvent> {
  /** What can be set. */
  public static final List<ChannelSetting> SETTINGS = WebhookFactory.settings("10");

  /** A body that is longer is split, unless it is one event. */
  static final int LONGEST_BODY = 1_000_000;

  private final SignedPost post;
  private final String source;
  private final Discretion discretion;

  /**
   * Does not connect.
   *
   * @param values by {@link #SETTINGS}
   * @throws IllegalArgumentException one line without secrets that says which setting is wrong
   */
  public WebhookEvents(Map<String, String> values, OutboundPolicy outbound) {
    ChannelSettings settings = new ChannelSettings("webhook", SETTINGS, values);
    post = SignedPost.of(settings, outbound);
    source = settings.text("source");
    discretion = settings.discretion();
  }

  @Override
  public Receipt send(List<ExportEvent> batch) {
    Body body = new Body();
    for (ExportEvent event : batch) {
      byte[] bytes =
          CloudEvent.bytes(
              CloudEvent.of(
                  event.id(), source, event.type(), event.key(), event.atMillis(), event.data()));
      if (!body.hasRoomFor(bytes)) {
        Delivery delivery = body.post();
        if (!(delivery instanceof Delivery.Delivered)) {
          return new Receipt(delivery, 0).told(discretion);
        }
        body = new Body();
      }
      body.add(event.id(), bytes);
    }
    return new Receipt(body.post(), 0).told(discretion);
  }

  /** Some events of a batch. */
  private final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final MessageDigest ids = sha256();

    boolean hasRoomFor(byte[] event) {
      return bytes.size() == 0 || bytes.size() + event.length < LONGEST_BODY;
    }

    void add(String id, byte[] event) {
      bytes.write(bytes.size() == 0 ? '[' : ',');
      bytes.writeBytes(event);
      ids.update((id + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Posts it; its key is made of the ids of its events. */
    Delivery post() {
      bytes.write(']');
      String key = HexFormat.of().formatHex(ids.digest(), 0, 16);
      return post.send(key, CloudEvent.BATCH_MEDIA_TYPE, bytes.toByteArray());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    // Connections are those of all channels.
  }
}
