package io.aircheck.deploy.isolated;

import io.aircheck.core.deploy.Watching;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.task.TaskProbe;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The parent's end of the conversation with one child, from its start to its death: hands what the
 * child says to the probes and listeners of its runs. Thread-safe.
 */
final class ChildLink {
  private static final long LAST_WORDS_MILLIS = 2_000;
  private static final long DISMISS_MILLIS = 3_000;

  private final ChildLauncher.Launched child;
  private final MessageChannel channel;
  private final BiConsumer<ChildLink, Death> onDeath;
  private final LastWords lastWords = new LastWords();
  private final BlockingQueue<Message.ToChild> outgoing = new LinkedBlockingQueue<>();
  private final Thread sender;
  private final Thread listener;
  private final Thread reader;

  private final Map<Integer, Run> runs = new ConcurrentHashMap<>();
  private final Map<Integer, Task> tasks = new ConcurrentHashMap<>();
  private final Map<Integer, Message.Curve> curves = new ConcurrentHashMap<>();

  /** Where answers to requests go; nothing: the child is gone. */
  private final Map<Integer, BlockingQueue<Optional<Message.ToParent>>> answers =
      new ConcurrentHashMap<>();

  private final AtomicInteger requests = new AtomicInteger();

  private volatile boolean ready;
  private volatile boolean heard;
  private volatile boolean gone;
  private volatile @Nullable String killedFor;

  private record Task(Run run, TaskProbe probe) {}

  /**
   * @param onDeath told once, on a thread of the link, when nothing more comes from the child
   */
  ChildLink(ChildLauncher.Launched child, BiConsumer<ChildLink, Death> onDeath) throws IOException {
    this.child = child;
    this.channel = new MessageChannel(child.fromChild(), child.toChild());
    this.onDeath = onDeath;
    this.sender = thread("say", this::say);
    this.listener = thread("errors", () -> lastWords.listen(child.errors()));
    this.reader = thread("hear", this::hear);
  }

  private Thread thread(String name, Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name("aircheck-" + child.name().replace(' ', '-') + "-" + name)
        .unstarted(work);
  }

  void begin() {
    sender.start();
    listener.start();
    reader.start();
  }

  /** Whether the child has come up. */
  boolean ready() {
    return ready;
  }

  /** Whether anything came since this was asked last. */
  boolean heard() {
    boolean was = heard;
    heard = false;
    return was;
  }

  void start(Run run, List<String> folds) {
    runs.put(run.number(), run);
    outgoing.add(new Message.Start(run.number(), run.stream(), folds));
  }

  void watch(Run run, Watching watching) {
    outgoing.add(new Message.Watch(run.number(), watching));
  }

  void stop(Run run) {
    outgoing.add(new Message.Stop(run.number()));
  }

  /** Runs that are not over, those of others included. */
  List<Run> runs() {
    return new ArrayList<>(runs.values());
  }

  /** Ends the child at once; its death tells why. */
  void kill(String why) {
    killedFor = why;
    child.kill();
  }

  /** Lets the child end, which has nothing to do any more; kills it when it does not. */
  void dismiss() {
    sender.interrupt();
    thread(
            "dismiss",
            () -> {
              awaitDeath();
              child.kill();
            })
        .start();
  }

  /** Waits for the end of a child that was dismissed. */
  void awaitDeath() {
    try {
      reader.join(DISMISS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int request() {
    return requests.incrementAndGet();
  }

  /** Asks the child; the answers come through the queue, nothing when it is gone. */
  BlockingQueue<Optional<Message.ToParent>> ask(int request, Message.ToChild question) {
    BlockingQueue<Optional<Message.ToParent>> waiting = new LinkedBlockingQueue<>();
    answers.put(request, waiting);
    outgoing.add(question);
    if (gone) {
      // Its question may have come too late to be answered with the others.
      waiting.add(Optional.empty());
    }
    return waiting;
  }

  void forget(int request) {
    answers.remove(request);
  }

  /** A child that does not read holds up this thread and nobody else. */
  private void say() {
    try (OutputStream toChild = child.toChild()) {
      while (true) {
        channel.send(outgoing.take());
      }
    } catch (IOException | InterruptedException e) {
      // Whoever hears notices, too.
    }
  }

  private void hear() {
    try {
      Optional<Message> message = channel.read();
      while (message.isPresent()) {
        heard = true;
        ready = true;
        if (!(message.get() instanceof Message.ToParent said)) {
          throw new IOException("a child does not say " + message.get());
        }
        take(said);
        message = channel.read();
      }
    } catch (IOException | RuntimeException e) {
      // A fault in what it says, or in who listens: its streams begin anew in another.
      killedFor = killedFor == null ? "not understood: " + e.getMessage() : killedFor;
    } finally {
      child.kill();
      Death death = bury();
      gone = true;
      answers.values().forEach(waiting -> waiting.add(Optional.empty()));
      onDeath.accept(this, death);
    }
  }

  private Death bury() {
    String reason = killedFor;
    try {
      int status = child.awaitEnd();
      listener.join(LAST_WORDS_MILLIS);
      if (reason == null) {
        reason =
            lastWords
                .signal()
                .map(signal -> "crashed (" + signal + ")")
                .orElseGet(() -> Death.words(status));
      }
    } catch (InterruptedException e) {
      reason = "stopped";
    }
    sender.interrupt();
    return new Death(child.name(), reason, lastWords.lines(), lastWords.thread());
  }

  private void take(Message.ToParent message) {
    switch (message) {
      case Message.Beat beat -> {}
      case Message.TaskBegins begins -> {
        Run run = runs.get(begins.run());
        if (run != null) {
          tasks.put(begins.task(), new Task(run, run.probe(begins)));
        }
      }
      case Message.Curve curve -> curves.put(curve.curve(), curve);
      case Message.Configured configured -> probe(configured.task()).configured(configured.info());
      case Message.Records records ->
          probe(records.task()).recording(new RemoteRecording(this, records.task()));
      case Message.KeepsRequests keeps ->
          probe(keeps.task()).requests(new RemoteRequests(this, keeps.task()));
      case Message.Metric metric -> metric(metric);
      case Message.TaskObserved observed -> probe(observed.task()).observed(observed.observation());
      case Message.Still still -> probe(still.task()).still(still.ptsMicros(), still.jpeg());
      case Message.Unavailable unavailable ->
          probe(unavailable.task()).unavailable(unavailable.reason());
      case Message.Shedding shedding ->
          probe(shedding.task())
              .shedding(shedding.stride(), shedding.behindSeconds(), shedding.skippedFrames());
      case Message.Decodes decodes ->
          probe(decodes.task()).decoding(decodes.decoding(), decodes.why());
      case Message.ProcessorTime time -> probe(time.task()).processorTime(time.nanos());
      case Message.TaskEnded ended -> {
        probe(ended.task())
            .ended(
                ended.statistics(),
                ended
                    .failure()
                    .map(failure -> new MediaException(failure.reason(), failure.message()))
                    .orElse(null));
        tasks.remove(ended.task());
      }
      case Message.Observed observed -> {
        Run run = runs.get(observed.run());
        if (run != null) {
          run.observed(observed.observation());
        }
      }
      case Message.Ended ended -> ended(ended);
      case Message.ClipPart part -> answered(part.request(), part);
      case Message.ClipEnd end -> answered(end.request(), end);
      case Message.Exchanges exchanges -> answered(exchanges.request(), exchanges);
      case Message.Ask ask -> Thread.startVirtualThread(() -> answer(ask));
    }
  }

  private TaskProbe probe(int number) {
    Task task = tasks.get(number);
    return task == null || task.run().abandoned() ? TaskProbe.NONE : task.probe();
  }

  private void metric(Message.Metric metric) {
    Message.Curve curve = curves.get(metric.curve());
    Task task = tasks.get(metric.task());
    if (curve != null && task != null) {
      task.run().reached(metric.ptsMicros());
      probe(metric.task())
          .metric(curve.track(), curve.metric(), metric.ptsMicros(), metric.value());
    }
  }

  private void ended(Message.Ended ended) {
    Run run = runs.remove(ended.run());
    if (run != null) {
      tasks.values().removeIf(task -> task.run() == run);
      if (ended.fault().isPresent()) {
        run.done().completeExceptionally(new IllegalStateException(ended.fault().get()));
      } else {
        run.done().complete(null);
      }
    }
  }

  private void answered(int request, Message.ToParent message) {
    BlockingQueue<Optional<Message.ToParent>> waiting = answers.get(request);
    if (waiting != null) {
      waiting.add(Optional.of(message));
    }
  }

  /** On a thread of its own: names are looked up, and others do not wait for that. */
  private void answer(Message.Ask ask) {
    Run run = runs.get(ask.run());
    Optional<String> refusal =
        run == null
            ? Optional.of("the stream is not watched any more")
            : run.addresses(ask.reference()).refusal(ask.uri());
    outgoing.add(new Message.Answer(ask.request(), refusal));
  }
}
