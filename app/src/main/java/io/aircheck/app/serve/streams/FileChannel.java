package io.aircheck.app.serve.streams;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.channels.ChannelSink;
import io.aircheck.app.serve.incidents.Routing;
import io.aircheck.app.serve.settings.ChannelDeclaration;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.core.notify.IncidentSink;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.deploy.flink.SinkSetup;
import io.aircheck.notify.dispatch.DispatchPolicy;
import java.time.InstantSource;
import java.util.List;

/**
 * A channel of a configuration file, for a job that watches without a service: told by the routes
 * and mutes of the file. Only its place travels with the job, as with {@link FileSink}.
 *
 * @param file absolute, where task managers run
 * @param name of the channel
 */
public record FileChannel(String file, String name) implements SinkSetup {

  /** All channels of a file that a route names. */
  static List<FileChannel> of(FileStreams streams, ServiceSettings settings) {
    return settings.routes().stream()
        .flatMap(route -> route.channels().stream())
        .distinct()
        .map(name -> new FileChannel(streams.file(), name))
        .toList();
  }

  @Override
  public String id() {
    return "channel-" + name;
  }

  @Override
  public IncidentSink create() {
    ServiceSettings settings = new FileStreams(file).settings();
    ChannelDeclaration channel = settings.channels().get(name);
    if (channel == null) {
      throw new IllegalArgumentException(file + " has no channel " + name + " any more");
    }
    Routing routing = new Routing(settings.routes(), settings.mutes());
    return new ChannelSink(
        notifier(channel, settings),
        notification -> routing.tells(name, notification.change(), notification.labels()),
        DispatchPolicy.DEFAULT.giveUpAfter(),
        InstantSource.system());
  }

  private Notifier notifier(ChannelDeclaration channel, ServiceSettings settings) {
    try {
      return NotifierCatalog.installed()
          .create(channel.type(), channel.values(), settings.outboundPolicy());
    } catch (SettingsException e) {
      throw new IllegalArgumentException(file + ": " + e.pointer() + " " + e.getMessage(), e);
    }
  }
}
