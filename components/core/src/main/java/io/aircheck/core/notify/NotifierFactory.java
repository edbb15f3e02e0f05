package io.aircheck.core.notify;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.net.OutboundPolicy;
import java.util.List;

/**
 * Makes channels of one type; found by {@link java.util.ServiceLoader}. Thread-safe. Ask {@link
 * NotifierCatalog} for channels rather than a factory: it keeps secrets out of what they say.
 */
public interface NotifierFactory {

  /** Name in the configuration: {@code webhook}, {@code slack} ... */
  String type();

  /** What can be set, the required ones first. */
  List<ChannelSetting> settings();

  /** What a notification that its channels have delivered counts as. */
  default Quantity meteredAs() {
    return Quantity.WEB_CALLS;
  }

  /**
   * Makes a channel. Does not connect.
   *
   * @param settings every required one is there and none is unknown
   * @param outbound where the channel may connect to; asked before each connection
   * @throws IllegalArgumentException for a setting that is not valid, as {@link
   *     ChannelSettings#invalid}
   */
  Notifier create(ChannelSettings settings, OutboundPolicy outbound);
}
