package io.aircheck.deploy.isolated;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.task.RetryPolicy;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildLinkTest {
  private static Child child() {
    return new Child(
        new DetectorCatalog(List.of()),
        List.of(),
        StreamTask.Surroundings.installed(),
        new InProcessDeployment.Settings(true, RetryPolicy.DEFAULT),
        () -> StillMaker.NONE);
  }

  /** Whoever is told of a death asks for the last of what the child has kept. */
  @Test
  void ask_whileItsDeathIsTold_isToldThatItIsGone() throws Exception {
    CompletableFuture<BlockingQueue<Optional<Message.ToParent>>> asked = new CompletableFuture<>();
    ThreadChildren children = new ThreadChildren(ChildLinkTest::child);
    ChildLink link =
        new ChildLink(
            children.launch(),
            (dead, death) -> {
              int request = dead.request();
              asked.complete(dead.ask(request, new Message.Requests(request, 1)));
            });
    link.begin();

    children.launched().getFirst().die(139);

    assertThat(asked.get(20, TimeUnit.SECONDS).poll(20, TimeUnit.SECONDS)).isEmpty();
  }
}
