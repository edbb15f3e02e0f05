package io.aircheck.deploy.isolated;

import io.aircheck.core.media.RequestLog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The requests that a task in a child makes: sent here when somebody wants to know them. */
record RemoteRequests(ChildLink link, int task) implements RequestLog {
  private static final int PATIENCE_SECONDS = 5;

  /** None when the child is gone, or does not answer in time. */
  @Override
  public List<Exchange> latest() {
    int request = link.request();
    BlockingQueue<Optional<Message.ToParent>> answers =
        link.ask(request, new Message.Requests(request, task));
    try {
      Optional<Message.ToParent> answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return answer != null && answer.orElse(null) instanceof Message.Exchanges exchanges
          ? exchanges.latest()
          : List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      link.forget(request);
    }
  }
}
