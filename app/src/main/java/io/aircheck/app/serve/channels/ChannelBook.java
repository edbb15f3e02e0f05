package io.aircheck.app.serve.channels;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.settings.ChannelDeclaration;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The channels of the service, by name. One whose settings have not changed stays open when others
 * do; one that has is closed after its successor has taken its place, so that what is being
 * delivered through it fails at worst, and is tried again. Thread-safe.
 */
public final class ChannelBook implements AutoCloseable {

  /** A channel with what it was made of. */
  private record Entry(ChannelDeclaration declaration, ViewerReach reach, Channel channel) {}

  /** What decides where a channel may connect to. */
  private record ViewerReach(ServiceSettings.Outbound outbound, String serverAddress) {}

  private final NotifierCatalog types;
  private final Meter meter;
  private volatile Map<String, Entry> entries = Map.of();

  /**
   * No channels yet.
   *
   * @param meter told what they deliver
   */
  public ChannelBook(NotifierCatalog types, Meter meter) {
    this.types = types;
    this.meter = meter;
  }

  /**
   * Opens and closes what it takes to have the channels that settings declare.
   *
   * @throws SettingsException for a channel that cannot be made; nothing has changed then
   */
  public synchronized void apply(ServiceSettings settings) throws SettingsException {
    OutboundPolicy policy = settings.outboundPolicy();
    ViewerReach reach = new ViewerReach(settings.outbound(), settings.server().address());
    Map<String, Entry> next = new LinkedHashMap<>();
    List<Notifier> opened = new ArrayList<>();
    for (Map.Entry<String, ChannelDeclaration> wanted : settings.channels().entrySet()) {
      String name = wanted.getKey();
      ChannelDeclaration declaration = wanted.getValue();
      Entry before = entries.get(name);
      if (before != null
          && before.declaration().equals(declaration)
          && before.reach().equals(reach)) {
        next.put(name, before);
        continue;
      }
      try {
        Notifier notifier = types.create(declaration.type(), declaration.values(), policy, meter);
        opened.add(notifier);
        next.put(name, new Entry(declaration, reach, new Channel(declaration.type(), notifier)));
      } catch (IllegalArgumentException e) {
        opened.forEach(Notifier::close);
        throw new SettingsException("/channels/" + name, String.valueOf(e.getMessage()));
      }
    }
    Map<String, Entry> replaced = entries;
    entries = next;
    replaced.forEach(
        (name, entry) -> {
          if (next.get(name) != entry) {
            entry.channel().notifier().close();
          }
        });
  }

  /** A channel. */
  public Optional<Channel> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::channel);
  }

  /** All channels, in the order of the settings. */
  public Map<String, Channel> all() {
    Map<String, Channel> channels = new LinkedHashMap<>();
    entries.forEach((name, entry) -> channels.put(name, entry.channel()));
    return channels;
  }

  @Override
  public synchronized void close() {
    entries.values().forEach(entry -> entry.channel().notifier().close());
    entries = Map.of();
  }
}
