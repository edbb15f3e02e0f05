package io.aircheck.app.serve;

import io.aircheck.app.serve.copies.Host;
import io.aircheck.app.serve.events.News;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.viewers.ViewerNumbers;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.meter.Usage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The service as what one of its copies works with. */
final class CopyHost implements Host {
  private final Service service;
  private final News news;
  private final Consumer<String> log;

  /**
   * @param log told one line about what an operator of the service should know
   */
  CopyHost(Service service, News news, Consumer<String> log) {
    this.service = service;
    this.news = news;
    this.log = log;
  }

  @Override
  public List<WatchedStream> due() {
    return service.streams().due();
  }

  @Override
  public PolicyBook policies() {
    return service.policies();
  }

  @Override
  public void watch(List<WatchedStream> streams) {
    service.streams().watch(streams);
  }

  @Override
  public void restart(String stream) {
    service.streams().watch().restart(stream);
  }

  @Override
  public StreamStatus status(String stream) {
    return service.streams().watch().status(stream);
  }

  @Override
  public double usedCores(String stream) {
    return service.streams().watch().usedCores(stream);
  }

  @Override
  public Usage usage() {
    return service.streams().usageHere();
  }

  @Override
  public Usage viewerUsage() {
    return service.viewerUsageHere();
  }

  @Override
  public double streamGb() {
    return service.streams().watch().usedGb();
  }

  @Override
  public double capacity() {
    return service.streams().watch().limit();
  }

  @Override
  public boolean keepsViewers() {
    return service.keepsViewers();
  }

  @Override
  public Optional<ViewerNumbers> viewers() {
    return service.viewerNumbers();
  }

  @Override
  public void reload() {
    service.recipients().mutes().load();
    service.streams().loadAgain();
  }

  @Override
  public void lead(boolean leads) {
    if (leads) {
      service.duties().begin();
    } else {
      service.duties().end();
    }
  }

  @Override
  public void deliver() {
    service.duties().wake();
  }

  @Override
  public void incidentsChanged(List<IncidentChange> changes) {
    service.incidentsChanged(changes);
  }

  @Override
  public void streamChanged(String stream) {
    news.stream(stream);
  }

  @Override
  public void log(String line) {
    log.accept(line);
  }
}
