package io.aircheck.core.notify;

import io.aircheck.core.meter.Meter;
import io.aircheck.core.net.OutboundPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The types of channel that are installed. Immutable, thread-safe. */
public final class NotifierCatalog {
  private final List<NotifierFactory> factories;

  public NotifierCatalog(List<? extends NotifierFactory> factories) {
    this.factories =
        factories.stream()
            .map(NotifierFactory.class::cast)
            .sorted(Comparator.comparing(NotifierFactory::type))
            .toList();
  }

  /** All types on the class path. */
  public static NotifierCatalog installed() {
    return new NotifierCatalog(
        ServiceLoader.load(NotifierFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  /** The types, by name. */
  public List<NotifierFactory> factories() {
    return factories;
  }

  /**
   * Makes a channel that never throws from {@link Notifier#deliver} and {@link Notifier#check} and
   * whose answers are single, short lines without the values of its secret settings. Does not
   * connect.
   *
   * @param values settings by name, references to secrets resolved
   * @throws IllegalArgumentException one line without secrets that says which setting is wrong, or
   *     that there is no such type
   */
  public Notifier create(String type, Map<String, String> values, OutboundPolicy outbound) {
    NotifierFactory factory = factory(type);
    ChannelSettings settings = new ChannelSettings(type, factory.settings(), values);
    return new DiscreetNotifier(factory.create(settings, outbound), settings.discretion());
  }

  /**
   * Makes such a channel that meters what it delivers, as what its type {@linkplain
   * NotifierFactory#meteredAs says}.
   *
   * @throws IllegalArgumentException likewise
   */
  public Notifier create(
      String type, Map<String, String> values, OutboundPolicy outbound, Meter meter) {
    return new MeteredNotifier(create(type, values, outbound), factory(type).meteredAs(), meter);
  }

  private NotifierFactory factory(String type) {
    return factories.stream()
        .filter(candidate -> candidate.type().equals(type))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(type)));
  }

  private String unknown(String type) {
    List<String> types = factories.stream().map(NotifierFactory::type).toList();
    return "there is no channel of type %s; known are %s".formatted(type, String.join(", ", types));
  }
}
