package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.store.StoreException;
import io.aircheck.experience.report.Attributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the monitor sees on the contents that some viewers watch, in a sentence. Thread-safe. */
final class MonitorView {
  /** Defects that are named; more would not be read. */
  private static final int NAMED = 3;

  /** Times of both halves agree no better: windows, segments, and how long a detector looks. */
  private static final long MARGIN_MILLIS = 30_000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Function<String, List<WatchedStream>> showing;
  private final FoundDefects found;
  private final ViewerLag lag;
  private final Function<String, StreamStatus> status;

  /**
   * What a monitor sees.
   *
   * @param showing the streams that show a content
   * @param found what it has found on them
   * @param lag how much later viewers see it
   * @param status of a stream by its id
   */
  MonitorView(
      Function<String, List<WatchedStream>> showing,
      FoundDefects found,
      ViewerLag lag,
      Function<String, StreamStatus> status) {
    this.showing = showing;
    this.found = found;
    this.lag = lag;
    this.status = status;
  }

  /**
   * The sentence. What is over already counts as well: viewers see a defect later than the monitor,
   * and it takes some windows until it is certain that they do. A defect of some of their contents
   * alone is not what viewers of all of them have in common.
   *
   * @param cohort values that the viewers have in common, by dimension
   * @param contents that they watch
   * @param sinceMillis when it began for them
   */
  String of(Map<String, String> cohort, Collection<String> contents, long sinceMillis) {
    List<List<WatchedStream>> theirs =
        contents.stream()
            .map(
                content ->
                    showing.apply(content).stream()
                        .filter(stream -> isTheirs(stream, cohort))
                        .toList())
            .toList();
    List<Incident> defects;
    try {
      defects =
          found.since(
              theirs.stream()
                  .flatMap(List::stream)
                  .map(WatchedStream::id)
                  .collect(Collectors.toSet()),
              sinceMillis - lag.millis(cohort, sinceMillis) - MARGIN_MILLIS);
    } catch (StoreException e) {
      return "What the monitor has found on the stream cannot be read: " + e.getMessage();
    }
    Set<String> broken = defects.stream().map(Incident::stream).collect(Collectors.toSet());
    long clean =
        theirs.stream()
            .filter(streams -> streams.stream().anyMatch(this::isWatched))
            .filter(streams -> streams.stream().map(WatchedStream::id).noneMatch(broken::contains))
            .count();
    if (defects.isEmpty() && clean == 0) {
      return "The monitor does not watch what they watch.";
    }
    return clean == 0 ? with(defects) : without(clean, contents.size(), defects);
  }

  private static String with(List<Incident> defects) {
    return "The monitor %s: look at the origin first.".formatted(finds(defects));
  }

  private static String finds(List<Incident> defects) {
    boolean goesOn = defects.stream().anyMatch(defect -> defect.state() == Incident.State.OPEN);
    return "%s %s"
        .formatted(
            goesOn ? "finds" : "found",
            defects.stream()
                .map(MonitorView::name)
                .distinct()
                .limit(NAMED)
                .collect(Collectors.joining(", ")));
  }

  private static String name(Incident defect) {
    String what = defect.cause() + " on " + defect.stream();
    return defect.state() == Incident.State.OPEN
        ? what
        : "%s (%s to %s)"
            .formatted(
                what,
                TIME.format(Instant.ofEpochMilli(defect.firstSeenMillis())),
                TIME.format(Instant.ofEpochMilli(defect.lastSeenMillis())));
  }

  /** What to say where no defect was found on the streams of some contents, or of all. */
  private static String without(long clean, int contents, List<Incident> defects) {
    if (!defects.isEmpty()) {
      return ("The stream is clean on %d of %d contents that have this in common, on others the"
              + " monitor %s: look at delivery and devices first.")
          .formatted(clean, contents, finds(defects));
    }
    String few =
        clean == contents
            ? ""
            : " as far as it is monitored (%d of %d contents)".formatted(clean, contents);
    return "The stream is clean%s: look at delivery and devices.".formatted(few);
  }

  /** A stream that is watched by way of another CDN than theirs says nothing about them. */
  private static boolean isTheirs(WatchedStream stream, Map<String, String> cohort) {
    String theirs = cohort.get(Attributes.CDN);
    String own = stream.settings().labels().get(Attributes.CDN);
    return theirs == null || own == null || own.equals(theirs);
  }

  private boolean isWatched(WatchedStream stream) {
    return status.apply(stream.id()).state() == StreamStatus.State.WATCHING;
  }
}
