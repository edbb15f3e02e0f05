package io.aircheck.app.serve;

import io.aircheck.app.serve.events.News;
import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.streams.StreamWatch;
import io.aircheck.core.deploy.StreamObservation;
import java.util.function.Consumer;

/** Passes on what happens to streams that are watched. Thread-safe. */
final class WatchListener implements StreamWatch.Listener {
  private final Incidents incidents;
  private final News news;
  private final Consumer<String> log;

  WatchListener(Incidents incidents, News news, Consumer<String> log) {
    this.incidents = incidents;
    this.news = news;
    this.log = log;
  }

  @Override
  public void rewatching(String stream) {
    incidents.rewatched(stream);
  }

  @Override
  public void pausing(String stream) {
    incidents.paused(stream);
  }

  @Override
  public void unwatched(String stream) {
    incidents.unwatched(stream);
    news.stream(stream);
  }

  @Override
  public void observed(StreamObservation observation) {
    incidents.observed(observation);
  }

  @Override
  public void changed(String stream) {
    news.stream(stream);
  }

  @Override
  public void mishap(String line) {
    log.accept(line);
  }
}
