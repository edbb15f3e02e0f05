package io.aircheck.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.app.report.Palette;
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

/**
 * Live streams with faults on a schedule, the service that watches them, and a webhook receiver
 * that is told what it finds; in one process and on the loopback interface alone.
 */
public final class Demo implements AutoCloseable {
  /** How long after the end of the last fault its incident is waited for. */
  private static final double PATIENCE_SECONDS = 20;

  /** How long the service has to keep up with the streams before they are broken. */
  private static final double STEADY_SECONDS = 2;

  /** How long that is waited for: a machine that never keeps up is shown as it is. */
  private static final double WARM_UP_SECONDS = 20;

  private final DemoScreen screen;
  private final List<Programme> programmes;
  private final MediaWriterFactory writers;
  private final int port;
  private final Path folder;
  private final CountDownLatch over = new CountDownLatch(1);

  /** What was injected and found in this round; guarded by itself. */
  private final Map<Programme, DemoRecord> records = new LinkedHashMap<>();

  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile boolean closed;

  Demo(DemoScreen screen, List<Programme> programmes, MediaWriterFactory writers, int port)
      throws IOException {
    this.screen = screen;
    this.programmes = List.copyOf(programmes);
    this.writers = writers;
    this.port = port;
    this.folder = Files.createTempDirectory("aircheck-demo-");
    beginRound();
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
    return new Demo(new DemoScreen(out, palette, columns), Programme.standard(), writers, port);
  }

  /**
   * Runs the schedule and prints a summary of each round.
   *
   * @param again whether it begins again after a round, until it is closed
   * @param opened told the address of the page once it is there
   * @return whether every fault of the last round was found
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
    warmUp(service, streams);
    streams.forEach(OnAir::beginFaults);
    boolean found;
    int round = 0;
    do {
      found = round(streams, round);
      round++;
      if (again && !closed) {
        screen.goesOn(service.page());
        awaitRound(streams, round);
        beginRound();
      }
    } while (again && !closed);
    return found;
  }

  /** A JVM that has just started is slow: what is broken then shows how it starts. */
  private void warmUp(DemoService service, List<OnAir> streams)
      throws InterruptedException, MediaException {
    double begin = screen.now();
    double steadySince = begin;
    OptionalLong skipped = OptionalLong.empty();
    while (!closed
        && screen.now() - steadySince < STEADY_SECONDS
        && screen.now() - begin < WARM_UP_SECONDS) {
      pause(streams);
      OptionalLong now = service.skippedPictures();
      if (now.isEmpty() || !now.equals(skipped)) {
        steadySince = screen.now();
      }
      skipped = now;
    }
  }

  /** Waits until everything was found or time is up, and prints the summary. */
  private boolean round(List<OnAir> streams, int round)
      throws InterruptedException, MediaException {
    double last =
        programmes.stream()
            .flatMap(programme -> programme.schedule().faults().stream())
            .mapToDouble(DemoFault::endSeconds)
            .max()
            .orElse(0);
    while (!closed && !isComplete()) {
      FaultSchedule schedule = streams.getFirst().schedule();
      double seconds = streams.getFirst().programmeSeconds();
      if (schedule.round(seconds) > round
          || schedule.withinRound(seconds) > last + PATIENCE_SECONDS) {
        break;
      }
      pause(streams);
    }
    if (!closed) {
      screen.summarize(records());
    }
    return isComplete();
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

  private void beginRound() {
    synchronized (records) {
      for (Programme programme : programmes) {
        records.put(programme, new DemoRecord(programme.schedule().faults()));
      }
    }
  }

  private Map<Programme, DemoRecord> records() {
    synchronized (records) {
      return new LinkedHashMap<>(records);
    }
  }

  private boolean isComplete() {
    return records().values().stream().allMatch(DemoRecord::complete);
  }

  private void reached(OnAir onAir, double programmeSeconds) {
    if (!onAir.faultsBegun()) {
      return;
    }
    Programme programme = onAir.programme();
    double seconds = onAir.schedule().withinRound(programmeSeconds);
    DemoRecord record = records().get(programme);
    if (record != null) {
      record.reached(seconds, screen.now()).forEach(fault -> screen.injected(programme, fault));
    }
  }

  /** The service has told what happened to an incident. */
  private void told(JsonNode change) {
    JsonNode incident = change.path("incident");
    for (Map.Entry<Programme, DemoRecord> one : records().entrySet()) {
      boolean concerned = one.getKey().id().equals(incident.path("stream").asText());
      if (!closed && concerned && change.path("type").asText().equals("opened")) {
        opened(one.getKey(), one.getValue(), incident);
      }
    }
  }

  private void opened(Programme programme, DemoRecord record, JsonNode incident) {
    String cause = incident.path("cause").asText();
    String message = incident.path("message").asText();
    String rendition =
        incident.path("renditions").size() == 1 ? incident.path("renditions").path(0).asText() : "";
    DemoRecord.Meaning meaning = record.opened(cause, screen.now());
    if (meaning.found().isPresent()) {
      screen.found(programme, rendition, cause, message, meaning.found().get().delaySeconds());
    } else if (!meaning.expected()) {
      screen.also(programme, rendition, cause, message);
    }
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
