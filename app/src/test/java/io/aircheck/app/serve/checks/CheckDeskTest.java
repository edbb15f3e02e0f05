package io.aircheck.app.serve.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.store.DocumentStore;
import io.aircheck.core.store.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckDeskTest {
  private static final AddressRule NOTHING = uri -> Optional.of("not allowed: " + uri);

  private final BlockingQueue<Analysis> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<Check> changes = new LinkedBlockingQueue<>();
  private final WatchedDocuments documents = new WatchedDocuments();
  private final Path folder;
  private final CheckDesk desk;

  CheckDeskTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    PolicyBook policies = policies();
    desk =
        new CheckDesk(
            new CheckDesk.Surroundings(
                DetectorCatalog.installed(),
                List.of(),
                (probes, lost) -> new Analysis(lost),
                NOTHING,
                true),
            documents,
            folder,
            () -> policies,
            changes::add);
  }

  private static PolicyBook policies() throws SettingsException {
    return PolicyBook.of(Map.of(), DetectorCatalog.installed());
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  /** Documents that say when one is about to be put. */
  private static final class WatchedDocuments implements DocumentStore {
    private final DocumentStore kept = new MemoryStore().documents();
    private volatile Runnable beforePut = () -> {};

    @Override
    public List<Document> list(String collection) {
      return kept.list(collection);
    }

    @Override
    public Optional<Document> find(String collection, String id) {
      return kept.find(collection, id);
    }

    @Override
    public Optional<Document> put(
        String collection, String id, String body, OptionalLong expectedRevision) {
      beforePut.run();
      return kept.put(collection, id, body, expectedRevision);
    }

    @Override
    public boolean remove(String collection, String id, OptionalLong expectedRevision) {
      return kept.remove(collection, id, expectedRevision);
    }
  }

  /** A deployment that does nothing until it is stopped or lost. */
  private final class Analysis implements Deployment, Deployment.Handle {
    private final Consumer<String> lost;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private SourceRequest source = SourceRequest.of("none");

    Analysis(Consumer<String> lost) {
      this.lost = lost;
    }

    @Override
    public String id() {
      return "fake";
    }

    @Override
    public Handle deploy(Topology topology, Consumer<StreamObservation> listener) {
      source = topology.streams().getFirst().source();
      begun.add(this);
      return this;
    }

    @Override
    public CompletionStage<Void> done() {
      return done;
    }

    @Override
    public void update(Topology topology) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Usage usage() {
      return new Meter().usage();
    }

    @Override
    public void close() {
      done.complete(null);
    }
  }

  private Analysis awaitAnalysis() throws InterruptedException {
    Analysis analysis = begun.poll(30, TimeUnit.SECONDS);
    assertThat(analysis).isNotNull();
    return analysis;
  }

  private Check awaitOver() throws InterruptedException {
    while (true) {
      Check change = changes.poll(30, TimeUnit.SECONDS);
      assertThat(change).as("a check that is over").isNotNull();
      if (change.state().isOver()) {
        return change;
      }
    }
  }

  @Test
  void submit_upload_mayBeReadAndLeadsNowhereElse() throws Exception {
    byte[] playlist = "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n".getBytes(StandardCharsets.UTF_8);
    desk.submit("list.m3u8", new ByteArrayInputStream(playlist), 1000, "default");

    SourceRequest source = awaitAnalysis().source;

    assertThat(source.addresses().refusal(source.uri())).isEmpty();
    assertThat(source.addresses().refusal("/etc/passwd")).isPresent();
    assertThat(source.addresses().refusal("file:///etc/passwd")).isPresent();
    assertThat(source.addresses().refusal("http://169.254.169.254/")).isPresent();
  }

  @Test
  void submit_address_isHeldToTheRule() throws Exception {
    desk.submit("http://127.0.0.1/a.mp4", "default");

    assertThat(awaitAnalysis().source.addresses()).isSameAs(NOTHING);
  }

  @Test
  void run_placeIsLost_failsWithTheReasonAndTheNextOneBegins() throws Exception {
    Check first = desk.submit("http://127.0.0.1/a.mp4", "default");
    Analysis analysis = awaitAnalysis();
    desk.submit("http://127.0.0.1/b.mp4", "default");

    analysis.lost.accept("it crashes the decoder");

    Check over = awaitOver();
    assertThat(over.id()).isEqualTo(first.id());
    assertThat(over.state()).isEqualTo(Check.State.FAILED);
    assertThat(over.problem()).contains("it crashes the decoder");
    assertThat(awaitAnalysis().source.uri()).endsWith("b.mp4");
  }

  @Test
  void remove_whileItRuns_stopsItAndTheNextOneBegins() throws Exception {
    Check first = desk.submit("http://127.0.0.1/a.mp4", "default");
    Analysis analysis = awaitAnalysis();
    desk.submit("http://127.0.0.1/b.mp4", "default");

    assertThat(desk.remove(first.id())).isTrue();

    analysis.done.get(30, TimeUnit.SECONDS);
    assertThat(awaitAnalysis().source.uri()).endsWith("b.mp4");
    assertThat(desk.find(first.id())).isEmpty();
  }

  @Test
  void remove_whileItsEndIsWrittenDown_doesNotComeBack() throws Exception {
    Check first = desk.submit("http://127.0.0.1/a.mp4", "default");
    Analysis analysis = awaitAnalysis();
    desk.submit("http://127.0.0.1/b.mp4", "default");
    documents.beforePut = () -> remove(first);

    analysis.lost.accept("it crashes the decoder");

    assertThat(awaitAnalysis().source.uri()).endsWith("b.mp4");
    assertThat(desk.find(first.id())).isEmpty();
    assertThat(folder.resolve(first.id())).doesNotExist();
    assertThat(changes).noneMatch(change -> change.state().isOver());
  }

  private void remove(Check check) {
    try {
      desk.remove(check.id());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
