package io.aircheck.app.serve.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.app.serve.streams.Still;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.media.RequestLog.Exchange;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.core.store.MetricHistory.Bucket;
import io.aircheck.core.store.MetricHistory.Series;
import io.aircheck.core.store.MetricReader;
import io.aircheck.storage.files.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what proves an incident: pictures before, at and after its beginning, the curves around
 * it, a clip, and requests with playlists and headers for defects of manifest and delivery. Works
 * on threads of its own; an incident never waits for its evidence. When more incidents open than
 * evidence can be gathered for, some is left out, counted and told of. Thread-safe.
 */
public final class EvidenceRecorder implements AutoCloseable {
  /** How long after the opening the last picture and the curves are taken. */
  private static final Duration AFTER = Duration.ofSeconds(6);

  /** How much of the curves before the beginning is kept. */
  private static final Duration CURVE_BEFORE = Duration.ofSeconds(60);

  /** How long closing may take for what is lost otherwise, and as long for curves. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Pieces that may wait for their time or their turn: those of some hundred incidents at once. */
  private static final int MOST_URGENT = 2_000;

  private static final int MOST_PATIENT = 500;

  /** How often it is told that evidence is left out. */
  private static final Duration TELL_INTERVAL = Duration.ofMinutes(1);

  /** A picture is from before when it is older than the beginning by so much. */
  private static final long BEFORE_MILLIS = 1500;

  /** Causes that lie in manifests or in the delivery, so that requests prove them. */
  private static final List<String> DELIVERY = List.of("manifest.", "stream.", "splice.");

  /** Where pictures come from. */
  @FunctionalInterface
  public interface Stills {
    /**
     * The latest pictures of a stream, oldest first.
     *
     * @param rendition rendition of the ladder; null: any
     */
    List<Still> of(String stream, @Nullable String rendition);
  }

  /** When defects began. */
  @FunctionalInterface
  public interface Beginnings {
    /**
     * When the latest finding of a kind began, by the clock of pictures and clips.
     *
     * @param rendition rendition of the ladder; null: any
     */
    OptionalLong of(String stream, @Nullable String rendition, String kind);
  }

  /** What processes said before they died. */
  @FunctionalInterface
  public interface LastWords {
    /** Those of the process that a stream killed; empty: it has killed none. */
    Optional<String> of(String stream);
  }

  /** Where clips come from. */
  @FunctionalInterface
  public interface Clips {
    /**
     * Writes the media of a stream around a time.
     *
     * @param rendition rendition of the ladder; null: any
     * @param atMillis wall-clock time that it is about
     * @return whether there was anything to write
     */
    boolean write(String stream, @Nullable String rendition, long atMillis, Path file)
        throws IOException;
  }

  /** Where requests come from. */
  @FunctionalInterface
  public interface Requests {
    /**
     * The latest requests that a stream was read with, oldest first.
     *
     * @param rendition rendition of the ladder; null: any
     */
    List<Exchange> of(String stream, @Nullable String rendition);
  }

  /** What evidence is made of. */
  public record Material(
      Stills stills, Beginnings beginnings, LastWords lastWords, Clips clips, Requests requests) {}

  private final EvidenceStore store;
  private final MetricReader metrics;
  private final Material material;
  private final Duration clipAfter;
  private final Path workFolder;
  private final Consumer<String> gathered;
  private final BiConsumer<String, Exception> failures;

  /**
   * What is lost when it is taken late: pictures, clips and requests are kept for half a minute.
   */
  private final Errands urgent = new Errands("aircheck-evidence", MOST_URGENT);

  /** Curves are kept for a day, and take longer. */
  private final Errands patient = new Errands("aircheck-evidence-curves", MOST_PATIENT);

  private final AtomicLong leftOut = new AtomicLong();
  private final AtomicLong toldNanos = new AtomicLong(System.nanoTime() - TELL_INTERVAL.toNanos());

  /**
   * @param clipAfter media after the beginning that a clip shows
   * @param workFolder for files in the making, on the same disk as the store
   * @param gathered told the id of each incident that has new evidence
   * @param failures told the id of each incident whose evidence could not be kept, and why
   */
  public EvidenceRecorder(
      EvidenceStore store,
      MetricReader metrics,
      Material material,
      Duration clipAfter,
      Path workFolder,
      Consumer<String> gathered,
      BiConsumer<String, Exception> failures)
      throws IOException {
    this.store = store;
    this.metrics = metrics;
    this.material = material;
    this.clipAfter = clipAfter;
    // What a process that was killed left in the making is of no use any more.
    Folders.remove(workFolder);
    this.workFolder = Files.createDirectories(workFolder);
    this.gathered = gathered;
    this.failures = failures;
  }

  /** Incidents have changed. The evidence of a group is that of its members. */
  public void changed(List<IncidentChange> changes) {
    for (IncidentChange change : changes) {
      if (change.type() == IncidentChange.Type.OPENED && !change.incident().isGroup()) {
        Incident incident = change.incident();
        later(urgent, Duration.ZERO, incident, this::takePictures);
        if (incident.cause().equals(Kinds.STREAM_QUARANTINED)) {
          later(urgent, Duration.ZERO, incident, this::takeLastWords);
        }
        later(urgent, AFTER, incident, this::takeAftermath);
        later(urgent, clipAfter.plusSeconds(1), incident, this::takeClip);
        later(patient, AFTER, incident, this::takeCurves);
      }
    }
  }

  private interface Work {
    void run(Incident incident) throws IOException;
  }

  private void later(Errands errands, Duration delay, Incident incident, Work work) {
    if (!errands.later(delay, () -> gather(incident, work))) {
      leftOut(incident);
    }
  }

  private void gather(Incident incident, Work work) {
    try {
      work.run(incident);
      gathered.accept(incident.id());
    } catch (IOException | RuntimeException e) {
      failures.accept(incident.id(), e);
    }
  }

  /** Told once in a while: where there are too many incidents there must not be as many lines. */
  private void leftOut(Incident incident) {
    long count = leftOut.incrementAndGet();
    long now = System.nanoTime();
    long told = toldNanos.get();
    if (now - told >= TELL_INTERVAL.toNanos() && toldNanos.compareAndSet(told, now)) {
      failures.accept(
          incident.id(),
          new IOException(
              "more incidents than it can be gathered for, %d pieces left out so far"
                  .formatted(count)));
    }
  }

  private void takePictures(Incident incident) throws IOException {
    List<Still> latest = material.stills().of(incident.stream(), rendition(incident));
    long beginMillis = beginMillis(incident);
    Optional<Still> before =
        latest.stream()
            .filter(s -> s.wallClockMillis() <= beginMillis - BEFORE_MILLIS)
            .reduce((first, second) -> second);
    if (before.isPresent()) {
      put(incident, "before.jpg", before.get());
    }
    Optional<Still> at =
        latest.stream()
            .filter(s -> s.wallClockMillis() >= beginMillis)
            .findFirst()
            .or(() -> latest.isEmpty() ? Optional.empty() : Optional.of(latest.getLast()));
    if (at.isPresent()) {
      put(incident, "at.jpg", at.get());
    }
  }

  private void takeLastWords(Incident incident) throws IOException {
    Optional<String> words = material.lastWords().of(incident.stream());
    if (words.isPresent()) {
      Path file = Files.createTempFile(workFolder, "process", ".txt");
      Files.writeString(file, words.get());
      store.put(incident.id(), "process.txt", "text/plain", incident.firstSeenMillis(), file);
    }
  }

  private void takeAftermath(Incident incident) throws IOException {
    List<Still> latest = material.stills().of(incident.stream(), rendition(incident));
    if (!latest.isEmpty() && latest.getLast().wallClockMillis() > beginMillis(incident)) {
      put(incident, "after.jpg", latest.getLast());
    }
    if (DELIVERY.stream().anyMatch(incident.cause()::startsWith)) {
      takeRequests(incident);
    }
  }

  private void takeCurves(Incident incident) throws IOException {
    long from = (incident.firstSeenMillis() - CURVE_BEFORE.toMillis()) / 1000 * 1000;
    long to = incident.openedMillis() + AFTER.toMillis();
    ObjectNode curves = curves(incident, from, to);
    put(incident, "curves.json", "application/json", incident.firstSeenMillis(), curves.toString());
  }

  private void takeRequests(Incident incident) throws IOException {
    List<Exchange> exchanges = material.requests().of(incident.stream(), rendition(incident));
    if (!exchanges.isEmpty()) {
      put(
          incident,
          "requests.txt",
          "text/plain; charset=utf-8",
          exchanges.getFirst().atMillis(),
          RequestText.of(exchanges));
    }
  }

  private void takeClip(Incident incident) throws IOException {
    Path file = Files.createTempFile(workFolder, "clip", ".mp4");
    try {
      if (material
          .clips()
          .write(incident.stream(), rendition(incident), incident.firstSeenMillis(), file)) {
        store.put(incident.id(), "clip.mp4", "video/mp4", incident.firstSeenMillis(), file);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private long beginMillis(Incident incident) {
    return material
        .beginnings()
        .of(incident.stream(), rendition(incident), incident.cause())
        .orElse(incident.firstSeenMillis());
  }

  private static @Nullable String rendition(Incident incident) {
    return incident.renditions().isEmpty() ? null : incident.renditions().getFirst();
  }

  private void put(Incident incident, String name, Still still) throws IOException {
    put(incident, name, "image/jpeg", still.wallClockMillis(), still.jpeg());
  }

  private void put(Incident incident, String name, String mediaType, long atMillis, String text)
      throws IOException {
    put(incident, name, mediaType, atMillis, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(Incident incident, String name, String mediaType, long atMillis, byte[] content)
      throws IOException {
    Path file = Files.createTempFile(workFolder, "piece", ".part");
    try {
      Files.write(file, content);
      store.put(incident.id(), name, mediaType, atMillis, file);
    } finally {
      // What the store could not take must not fill the disk, incident by incident.
      Files.deleteIfExists(file);
    }
  }

  /** The metrics of the stream around the incident: of the renditions hit, or of all. */
  private ObjectNode curves(Incident incident, long fromMillis, long toMillis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("fromMillis", fromMillis).put("toMillis", toMillis).put("stepMillis", 1000);
    ArrayNode all = json.putArray("series");
    metrics
        .curves(incident.stream(), fromMillis, toMillis, 1000)
        .forEach(
            (series, buckets) -> {
              boolean hit =
                  incident.renditions().isEmpty()
                      || series.rendition() == null
                      || incident.renditions().contains(series.rendition());
              if (hit) {
                addCurve(all.addObject(), series, buckets);
              }
            });
    return json;
  }

  private static void addCurve(ObjectNode curve, Series series, List<Bucket> buckets) {
    curve.put("metric", series.metric()).put("track", series.track());
    if (series.rendition() != null) {
      curve.put("rendition", series.rendition());
    }
    ArrayNode points = curve.putArray("points");
    for (Bucket bucket : buckets) {
      points.addArray().add(bucket.fromMillis()).add(bucket.mean());
    }
  }

  /**
   * Gathers at once, for a few seconds at most, what was to be gathered later: a shorter clip is
   * better evidence than none. Ignores changes from then on.
   */
  @Override
  public void close() {
    urgent.close(PATIENCE);
    patient.close(PATIENCE);
  }
}
