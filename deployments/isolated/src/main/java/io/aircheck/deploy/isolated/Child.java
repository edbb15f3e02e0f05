package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.Deployment.Handle;
import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.task.StreamTask;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a child: runs the streams that its parent names, each as a topology of its own in
 * the deployment of one process, and tells what they do. Used once.
 */
public final class Child {

  /** How often the child says that it lives, and sends values that wait. */
  static final long BEAT_MILLIS = 100;

  private final DetectorCatalog catalog;
  private final List<? extends ObservationFold<?>> folds;
  private final StreamTask.Surroundings surroundings;
  private final InProcessDeployment.Settings settings;
  private final Supplier<StillMaker> stills;

  private final Map<Integer, Running> runs = new ConcurrentHashMap<>();
  private final Map<Integer, ReportingProbe> tasks = new ConcurrentHashMap<>();
  private final AtomicInteger taskNumbers = new AtomicInteger();

  /** A run, and what it runs. */
  private record Running(Handle handle, Topology topology) {}

  /**
   * @param surroundings what tasks open inputs with
   * @param stills makes small pictures, one for each task
   */
  public Child(
      DetectorCatalog catalog,
      List<? extends ObservationFold<?>> folds,
      StreamTask.Surroundings surroundings,
      InProcessDeployment.Settings settings,
      Supplier<StillMaker> stills) {
    this.catalog = catalog;
    this.folds = folds;
    this.surroundings = surroundings;
    this.settings = settings;
    this.stills = stills;
  }

  /**
   * Does what the parent says, until it is gone; then all streams are stopped.
   *
   * @throws IOException when something else than the parent speaks
   */
  public void serve(InputStream fromParent, OutputStream toParent) throws IOException {
    MessageChannel channel = new MessageChannel(fromParent, toParent);
    ChildOutput out = new ChildOutput(channel);
    AskingRule rules = new AskingRule(out);
    // The parent knows then that the child as such has come up, before a stream can bring it down.
    out.send(new Message.Beat());
    Thread heart = Thread.ofPlatform().daemon().name("aircheck-heart").start(() -> beat(out));
    try {
      while (true) {
        Optional<Message> message = channel.read();
        if (message.isEmpty()) {
          return;
        }
        switch (message.get()) {
          case Message.Start start -> start(start, out, rules);
          case Message.Watch watch -> watch(watch);
          case Message.Stop stop -> stop(stop.run(), out);
          case Message.Clip clip -> clip(clip, out);
          case Message.Requests requests -> exchanges(requests, out);
          case Message.Answer answer -> rules.answered(answer);
          case Message.ToParent other -> throw new IOException("a parent does not say " + other);
        }
      }
    } finally {
      heart.interrupt();
      List<Running> left = new ArrayList<>(runs.values());
      runs.clear();
      // In good order they were stopped before; now nobody waits for those that do not come back.
      left.forEach(running -> Thread.ofPlatform().daemon().start(running.handle()::close));
    }
  }

  private static void beat(ChildOutput out) {
    try {
      while (true) {
        out.send(new Message.Beat());
        Thread.sleep(BEAT_MILLIS);
      }
    } catch (InterruptedException e) {
      // The parent is gone.
    }
  }

  private void start(Message.Start start, ChildOutput out, AskingRule rules) {
    int run = start.run();
    InProcessDeployment deployment =
        new InProcessDeployment(
            catalog, folds, surroundings, settings, task -> probe(task, run, out));
    try {
      Topology topology = new Topology(List.of(asking(start.stream(), run, rules)), start.folds());
      Handle handle =
          deployment.deploy(
              topology, observation -> out.send(new Message.Observed(run, observation)));
      runs.put(run, new Running(handle, topology));
      handle.done().whenComplete((nothing, failure) -> ended(run, failure, out));
    } catch (IllegalArgumentException e) {
      out.send(new Message.Ended(run, Optional.of(String.valueOf(e.getMessage()))));
    }
  }

  private static StreamSpec asking(StreamSpec stream, int run, AskingRule rules) {
    SourceRequest source = stream.source().withAddresses(rules.of(run, false));
    return new StreamSpec(
        stream.id(),
        source,
        stream.reference().map(reference -> reference.withAddresses(rules.of(run, true))),
        stream.renditions(),
        stream.detectors(),
        stream.live(),
        stream.watching());
  }

  /** On the thread that hears, so that one follows the other; nothing has to stop for it. */
  private void watch(Message.Watch watch) {
    runs.computeIfPresent(
        watch.run(),
        (run, running) -> {
          StreamSpec closer =
              running.topology().streams().getFirst().withWatching(watch.watching());
          Topology topology = new Topology(List.of(closer), running.topology().folds());
          running.handle().update(topology);
          return new Running(running.handle(), topology);
        });
  }

  private TaskProbe probe(TaskId task, int run, ChildOutput out) {
    int number = taskNumbers.incrementAndGet();
    out.send(new Message.TaskBegins(number, run, task.rendition(), task.point()));
    ReportingProbe probe = new ReportingProbe(number, run, out, stills.get());
    tasks.put(number, probe);
    return probe;
  }

  private void ended(int run, @Nullable Throwable failure, ChildOutput out) {
    if (runs.remove(run) != null) {
      tasks.values().removeIf(probe -> probe.run() == run);
      out.send(new Message.Ended(run, Optional.ofNullable(failure).map(Throwable::toString)));
    }
  }

  /** On a thread of its own: stopping waits for reads, and other streams do not wait for that. */
  private void stop(int run, ChildOutput out) {
    Running running = runs.get(run);
    if (running != null) {
      Thread.ofPlatform()
          .daemon()
          .name("aircheck-stop")
          .start(
              () -> {
                running.handle().close();
                ended(run, null, out);
              });
    }
  }

  private void exchanges(Message.Requests requests, ChildOutput out) {
    ReportingProbe probe = tasks.get(requests.task());
    out.send(
        new Message.Exchanges(requests.request(), probe == null ? List.of() : probe.exchanges()));
  }

  private void clip(Message.Clip clip, ChildOutput out) {
    ReportingProbe probe = tasks.get(clip.task());
    Thread.ofPlatform()
        .daemon()
        .name("aircheck-clip")
        .start(() -> new ClipSender(out).send(clip, probe == null ? null : probe.recording()));
  }
}
