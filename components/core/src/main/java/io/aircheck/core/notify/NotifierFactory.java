package io.aircheck.core.notify;

import io.aircheck.core.net.OutboundPolicy;
import java.util.Map;
import java.util.Set;

/** Makes channels of one type; found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface NotifierFactory {

  /** Name in the configuration: {@code webhook}, {@code slack} ... */
  String type();

  /** Settings that must be given. */
  Set<String> required();

  /** Settings that may be given. */
  Set<String> optional();

  /**
   * Settings whose values are secrets: never shown, logged or stored in the clear; a part of {@link
   * #required} and {@link #optional}.
   */
  Set<String> secrets();

  /**
   * Makes a channel. Does not connect.
   *
   * @param settings values by name, references to secrets resolved; every required one is there and
   *     none is unknown
   * @param outbound where the channel may connect to; asked before each connection
   * @throws IllegalArgumentException for a setting that is not valid, one line without secrets
   */
  Notifier create(Map<String, String> settings, OutboundPolicy outbound);
}
