package io.aircheck.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.demo.DemoFault.Type;
import io.aircheck.app.report.Palette;
import io.aircheck.app.serve.incidents.CohortKey;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.storage.files.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Live streams with faults on a schedule, viewers of whom some have a CDN that fails, the service
 * that watches both, and a webhook receiver that is told what it finds; in one process and on the
 * loopback interface alone.
 */
public final class Demo implements AutoCloseable {
  /** How long after the end of the last fault its incident is waited for. */
  private static final double PATIENCE_SECONDS = 20;

  /** How long after the end of what viewers mind the last of them has seen it, and told. */
  private static final double BEHIND_SECONDS = 15;

  /** How long the service has to keep up with the streams before they are broken. */
  private static final double STEADY_SECONDS = 2;

  /** How long that is waited for: a machine that never keeps up is shown as it is. */
  private static final double WARM_UP_SECONDS = 20;

  private final DemoScreen screen;
  private final List<Programme> programmes;

  /** What is wrong on the way to viewers when, by the clock of the first programme. */
  private final FaultSchedule delivery;

  private final MediaWriterFactory writers;
  private final int port;
  private final Path folder;
  private final CountDownLatch over = new CountDownLatch(1);

  /** What was injected and found in this round. */
  private volatile Scoreboard board;

  /** The same schedule, once its faults are begun. */
  private volatile FaultSchedule begun = FaultSchedule.CLEAN;

  /** Who watches; null: nobody yet. */
  private volatile @Nullable DemoAudience audience;

  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile boolean closed;

  Demo(
      DemoScreen screen,
      List<Programme> programmes,
      FaultSchedule delivery,
      MediaWriterFactory writers,
      int port)
      throws IOException {
    this.screen = screen;
    this.programmes = List.copyOf(programmes);
    this.delivery = delivery;
    this.writers = writers;
    this.port = port;
    this.folder = Files.createTempDirectory("aircheck-demo-");
    this.board = new Scoreboard(programmes, delivery);
  }

  /**
   * The demo with every fault.
   *
   * @param columns width of the terminal: messages are cut so that an incident stays on one line
   * @param port of the page; 0: a free one
   * @throws IOException when there is no place for temporary files
   */
  public static Demo standard(
      PrintWriter out, Palette palette, int columns, MediaWriterFactory writers, int port)
      throws IOException {
    return new Demo(
        new DemoScreen(out, palette, columns),
        Programme.standard(),
        DemoAudience.FAULTS,
        writers,
        port);
  }

  /**
   * Runs the schedule and prints a summary of each round.
   *
   * @param again whether it begins again after a round, until it is closed
   * @param opened told the address of the page once it is there
   * @return whether every fault of the last round was found, with the viewers that it hit
   * @throws MediaException when a stream cannot be encoded
   * @throws IOException when the port is taken
   */
  public boolean run(boolean again, Consumer<String> opened)
      throws IOException, MediaException, InterruptedException {
    List<OnAir> streams = new ArrayList<>();
    for (Programme programme : programmes) {
      streams.add(
          keep(
              new OnAir(
                  programme,
                  Files.createDirectory(folder.resolve(programme.id())),
                  writers,
                  this::reached)));
    }
    for (OnAir onAir : streams) {
      onAir.awaitReady();
    }
    WebhookReceiver receiver = keep(new WebhookReceiver(this::told));
    DemoService service =
        keep(
            new DemoService(
                folder.resolve("service"), port, streams, receiver.address(), screen::say));
    screen.begin(service.page(), streams);
    opened.accept(service.page());
    OnAir first = streams.getFirst();
    DemoAudience viewers = keep(new DemoAudience(service.page(), programmes));
    audience = viewers;
    warmUp(service, streams);
    streams.forEach(OnAir::beginFaults);
    begun = delivery.after(first.programmeSeconds());
    boolean found;
    int round = 0;
    do {
      found = round(service, viewers, streams, round);
      round++;
      if (again && !closed) {
        screen.goesOn(service.page());
        awaitRound(streams, round);
        board = new Scoreboard(programmes, delivery);
      }
    } while (again && !closed);
    return found;
  }

  /**
   * A JVM that has just started is slow: what is broken then shows how it starts. And who is not
   * there yet is shown nothing.
   */
  private void warmUp(DemoService service, List<OnAir> streams)
      throws InterruptedException, MediaException {
    screen.waits("until the service keeps up, and most viewers are there");
    double begin = screen.now();
    double steadySince = begin;
    OptionalLong skipped = OptionalLong.empty();
    while (!closed
        && screen.now() - steadySince < STEADY_SECONDS
        && screen.now() - begin < WARM_UP_SECONDS) {
      pause(streams);
      OptionalLong now = service.skippedPictures();
      if (now.isEmpty() || !now.equals(skipped) || sum(service.viewers()) < DemoAudience.MOST) {
        steadySince = screen.now();
      }
      skipped = now;
    }
  }

  private static long sum(Map<String, Long> viewers) {
    return viewers.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Waits until everything was found or time is up, and prints the summary. */
  private boolean round(DemoService service, DemoAudience viewers, List<OnAir> streams, int round)
      throws InterruptedException, MediaException {
    watched(service);
    viewers.beginRound();
    OnAir first = streams.getFirst();
    double last = board.endSeconds(fault -> true);
    double seen = board.endSeconds(fault -> fault.type().felt().isPresent()) + BEHIND_SECONDS;
    boolean told = false;
    while (!closed) {
      double seconds = begun.withinRound(first.programmeSeconds());
      boolean over = begun.round(first.programmeSeconds()) > round;
      if (over || seconds > last + PATIENCE_SECONDS || (seconds > seen && board.complete())) {
        break;
      }
      if (seconds > last && !told) {
        screen.waits(
            "%.0f s more, for what is not found yet and what viewers make of it"
                .formatted(PATIENCE_SECONDS));
        told = true;
      }
      pause(streams);
      reached(Scoreboard.VIEWERS, begun.withinRound(first.programmeSeconds()));
      board.hit(service::impact, viewers::toll);
    }
    if (!closed) {
      screen.summarize(board);
    }
    return board.complete();
  }

  /** How many watch which stream. */
  private void watched(DemoService service) {
    Map<String, Long> viewers = service.viewers();
    Map<String, Long> inOrder = new LinkedHashMap<>();
    for (Programme programme : programmes) {
      inOrder.put(programme.id(), viewers.getOrDefault(programme.id(), 0L));
    }
    screen.watched(inOrder);
  }

  private void awaitRound(List<OnAir> streams, int round)
      throws InterruptedException, MediaException {
    OnAir first = streams.getFirst();
    while (!closed && first.schedule().round(first.programmeSeconds()) < round) {
      pause(streams);
    }
  }

  private void pause(List<OnAir> streams) throws InterruptedException, MediaException {
    over.await(200, TimeUnit.MILLISECONDS);
    for (OnAir onAir : streams) {
      onAir.check();
    }
  }

  private void reached(OnAir onAir, double programmeSeconds) {
    DemoAudience viewers = audience;
    if (viewers != null) {
      viewers.reached(onAir.programme().id(), onAir.schedule(), programmeSeconds);
      if (onAir.programme().equals(programmes.getFirst())) {
        viewers.reached(Scoreboard.VIEWERS, begun, programmeSeconds);
      }
    }
    if (onAir.faultsBegun() && !closed) {
      reached(onAir.programme().id(), onAir.schedule().withinRound(programmeSeconds));
    }
  }

  private void reached(String place, double seconds) {
    for (DemoFault fault : board.reached(place, seconds, screen.now())) {
      screen.injected(where(place, fault.type().rendition().orElse("")), fault);
      if (fault.type() == Type.LATE_CDN) {
        screen.waits("for three bad windows of 10 s, before an incident of viewers");
      }
    }
  }

  /** The service has told what happened to an incident. */
  private void told(JsonNode change) {
    if (closed) {
      return;
    }
    JsonNode incident = change.path("incident");
    String stream = incident.path("stream").asText();
    String cause = incident.path("cause").asText();
    String message = incident.path("message").asText();
    String rendition =
        incident.path("renditions").size() == 1 ? incident.path("renditions").path(0).asText() : "";
    DemoRecord.Meaning meaning = board.told(change, screen.now());
    if (meaning.found().isEmpty()) {
      if (!meaning.expected()) {
        screen.also(where(stream, rendition), cause, message);
      }
      return;
    }
    double delay = meaning.found().get().delaySeconds();
    if (CohortKey.isOne(stream)) {
      screen.foundAtLength(Scoreboard.VIEWERS, cause, message, delay);
    } else {
      screen.found(where(stream, rendition), cause, message, delay);
    }
  }

  /** A stream with its rendition, or viewers. */
  private String where(String place, String rendition) {
    return programmes.stream()
        .filter(programme -> programme.id().equals(place))
        .map(programme -> programme.where(rendition))
        .findFirst()
        .orElse(place);
  }

  /** What is started last ends first. */
  private synchronized <T extends AutoCloseable> T keep(T part) {
    open.addFirst(part);
    return part;
  }

  /** Stops everything and removes the temporary files. */
  @Override
  public synchronized void close() {
    closed = true;
    over.countDown();
    for (AutoCloseable part : open) {
      close(part);
    }
    open.clear();
    try {
      Folders.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files could not be removed from " + folder, e);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException("the demo could not be stopped", e);
    }
  }
}
