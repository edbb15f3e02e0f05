package io.aircheck.app.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.Service;
import io.aircheck.app.serve.ServiceSurroundings;
import io.aircheck.app.serve.http.HttpServer;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.storage.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The service as anybody has it, watching the streams of the demo and collecting its viewers. */
final class DemoService implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";

  private final List<String> streams;
  private final SqlStore store;
  private final Service service;
  private final HttpServer server;

  /**
   * Starts.
   *
   * @param folder where it keeps everything
   * @param port of its page; 0: a free one
   * @param webhook address that is told of incidents
   * @param log told one line about what an operator should know
   * @throws IOException when the port is taken
   */
  DemoService(Path folder, int port, List<OnAir> streams, String webhook, Consumer<String> log)
      throws IOException {
    this.streams = streams.stream().map(onAir -> onAir.programme().id()).toList();
    ServiceSettings settings = settings(streams, webhook);
    this.store = SqlStore.embedded(folder);
    try {
      this.service =
          new Service(
              settings,
              ServiceSurroundings.installed(
                  store, folder, settings.evidence().maxBytes().bytes(), log));
    } catch (SettingsException e) {
      store.close();
      throw new IllegalStateException("the settings of the demo", e);
    }
    try {
      this.server = new HttpServer(service, ADDRESS, port, fault -> log.accept(fault.toString()));
    } catch (IOException e) {
      service.close();
      store.close();
      throw e;
    }
  }

  private static ServiceSettings settings(List<OnAir> streams, String webhook) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    // Short, so that a round has the end of each incident too.
    // What is usual is learnt in the minute before the CDN fails, instead of in half an hour.
    ObjectNode viewers = json.putObject("viewers").put("enabled", true);
    viewers.putObject("alerts").put("learnFor", "1m").put("closeAfter", "20s");
    json.putObject("policies").putObject("default").put("recovery", "10s");
    ObjectNode evidence = json.putObject("evidence");
    evidence.put("clipBefore", "4s").put("clipAfter", "4s");
    json.putObject("channels").putObject("operations").put("type", "webhook").put("url", webhook);
    json.putArray("routes").addObject().putArray("channels").add("operations");
    for (OnAir onAir : streams) {
      Programme programme = onAir.programme();
      ObjectNode stream = json.withArray("/streams").addObject();
      stream.put("id", programme.id()).put("name", programme.name()).put("url", onAir.address());
      programme.labels().forEach(stream.putObject("labels")::put);
    }
    try {
      return SettingsReader.read(json, ServiceSettings.class);
    } catch (SettingsException e) {
      throw new IllegalStateException("the settings of the demo", e);
    }
  }

  /** Pictures that the machine was too slow for so far; empty until every stream is watched. */
  OptionalLong skippedPictures() {
    long skipped = 0;
    for (String stream : streams) {
      StreamStatus status = service.streams().watch().status(stream);
      if (status.state() != StreamStatus.State.WATCHING) {
        return OptionalLong.empty();
      }
      skipped +=
          status.renditions().stream().mapToLong(StreamStatus.Rendition::skippedFrames).sum();
    }
    return OptionalLong.of(skipped);
  }

  /** How many watch each stream now, by its id. */
  Map<String, Long> viewers() {
    return service
        .join()
        .map(join -> join.watching(service.streams().registry().list()))
        .orElse(Map.of());
  }

  /** Whom an incident has hit so far, and what became of them. */
  Impact impact(String incident) {
    long hit =
        service
            .join()
            .flatMap(join -> service.incidents().find(incident).map(join::hit))
            .orElse(OptionalLong.empty())
            .orElse(0);
    Optional<Exposure> exposure =
        service.viewers().flatMap(some -> some.watch().exposure(incident));
    return new Impact(hit, exposure.orElse(Exposure.NONE));
  }

  /** Address of the page. */
  String page() {
    return "http://" + ADDRESS + ":" + server.port() + "/";
  }

  @Override
  public void close() {
    server.close();
    service.close();
    store.close();
  }
}
