package io.aircheck.app.serve;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.channels.Channel;
import io.aircheck.app.serve.channels.ChannelBook;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.app.serve.mutes.MuteRegistry;
import io.aircheck.app.serve.settings.MuteSettings;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.core.notify.Notifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is told of incidents: the channels that there are, the routes that lead to them, and the
 * mutes that keep them quiet. Thread-safe.
 */
public final class Recipients implements AutoCloseable {
  private final ActiveSettings active;
  private final ChannelBook channels;
  private final MuteRegistry mutes;

  /**
   * Those of the settings, with the mutes that the store knows.
   *
   * @throws SettingsException for a channel that cannot be made
   */
  Recipients(ServiceSurroundings around, ActiveSettings active) throws SettingsException {
    this.active = active;
    this.channels = new ChannelBook(around.channelTypes(), around.meter());
    channels.apply(active.now().settings());
    this.mutes = new MuteRegistry(around.store().documents(), around.clock());
  }

  /**
   * Has the channels of other settings from now on; those that have not changed are not disturbed.
   *
   * @throws SettingsException for a channel that cannot be made; nothing has changed then
   */
  void apply(ServiceSettings settings) throws SettingsException {
    channels.apply(settings);
  }

  /** Who is told of what: by the settings, and by the mutes that people asked for. */
  public Routing routing() {
    ServiceSettings settings = active.now().settings();
    List<MuteSettings> muted = new ArrayList<>(settings.mutes());
    mutes.list().forEach(mute -> muted.add(mute.settings()));
    return new Routing(settings.routes(), muted);
  }

  /** Channels by name. */
  public Map<String, Channel> channels() {
    return channels.all();
  }

  /** What delivers to a channel. */
  Optional<Notifier> notifier(String channel) {
    return channels.find(channel).map(Channel::notifier);
  }

  /** Mutes that people asked for. */
  public MuteRegistry mutes() {
    return mutes;
  }

  /** Closes the channels; whoever delivers to them has stopped before. */
  @Override
  public void close() {
    channels.close();
  }
}
