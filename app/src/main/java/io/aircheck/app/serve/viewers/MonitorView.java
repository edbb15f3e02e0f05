package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.incidents.Incidents;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.core.incident.Incident;
import io.aircheck.experience.report.Attributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the monitor sees on the contents that some viewers watch, in a sentence. Thread-safe. */
final class MonitorView {
  /** Defects that are named; more would not be read. */
  private static final int NAMED = 3;

  private final Programmes programmes;
  private final Incidents incidents;
  private final Function<String, StreamStatus> status;

  /**
   * @param status of a stream by its id
   */
  MonitorView(Programmes programmes, Incidents incidents, Function<String, StreamStatus> status) {
    this.programmes = programmes;
    this.incidents = incidents;
    this.status = status;
  }

  /**
   * The sentence.
   *
   * @param cohort values that the viewers have in common, by dimension
   * @param contents that they watch
   */
  String of(Map<String, String> cohort, Collection<String> contents) {
    List<String> defects = new ArrayList<>();
    int clean = 0;
    int unmonitored = 0;
    for (String content : contents) {
      List<WatchedStream> streams =
          programmes.showing(content).stream().filter(stream -> isTheirs(stream, cohort)).toList();
      List<String> open = streams.stream().flatMap(stream -> open(stream).stream()).toList();
      if (!open.isEmpty()) {
        defects.addAll(open);
      } else if (streams.stream().anyMatch(this::isWatched)) {
        clean++;
      } else {
        unmonitored++;
      }
    }
    if (!defects.isEmpty()) {
      return "The monitor finds %s: look at the origin first."
          .formatted(String.join(", ", defects.subList(0, Math.min(NAMED, defects.size()))));
    }
    if (clean == 0) {
      return "The monitor does not watch what they watch.";
    }
    String few = unmonitored == 0 ? "" : " as far as it is monitored (%d of %d contents)";
    return "The stream is clean%s: look at delivery and devices."
        .formatted(few.formatted(clean, clean + unmonitored));
  }

  /** A stream that is watched by way of another CDN than theirs says nothing about them. */
  private static boolean isTheirs(WatchedStream stream, Map<String, String> cohort) {
    String theirs = cohort.get(Attributes.CDN);
    String own = stream.settings().labels().get(Attributes.CDN);
    return theirs == null || own == null || own.equals(theirs);
  }

  private List<String> open(WatchedStream stream) {
    return incidents.active().stream()
        .filter(incident -> incident.stream().equals(stream.id()))
        .filter(incident -> incident.state() == Incident.State.OPEN)
        .map(incident -> incident.cause() + " on " + stream.id())
        .toList();
  }

  private boolean isWatched(WatchedStream stream) {
    return status.apply(stream.id()).state() == StreamStatus.State.WATCHING;
  }
}
