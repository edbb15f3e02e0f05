package io.aircheck.app.serve.copies;

import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.app.serve.streams.WatchedStream;
import io.aircheck.app.serve.viewers.ViewerNumbers;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.meter.Usage;
import java.util.List;
import java.util.Optional;

/** What this process does and knows besides being a copy. */
public interface Host {
  /** Streams that are to be watched now, by whichever copy. */
  List<WatchedStream> due();

  /** Policies by name. */
  PolicyBook policies();

  /** Watches these streams from now on; returns when those that had to stop have stopped. */
  void watch(List<WatchedStream> streams);

  /** Watches a stream anew. */
  void restart(String stream);

  /** How a stream is that is watched here. */
  StreamStatus status(String stream);

  /** Cores that a stream uses that is watched here. */
  double usedCores(String stream);

  /** What watching has used here since the start, and telling of what was found. */
  Usage usage();

  /** What keeping what is known of viewers has used here since the start. */
  Usage viewerUsage();

  /** Memory that falls to a stream that is watched here, GB. */
  double streamGb();

  /** Cores that may be used here. */
  double capacity();

  /** Whether something is made of reports of viewers, by whichever copy. */
  boolean keepsViewers();

  /** What is known here of viewers; empty: nothing is, or not yet. */
  Optional<ViewerNumbers> viewers();

  /** Others have changed streams or mutes. */
  void reload();

  /** Whether what one copy does for all is to be done here: deliveries, forgetting what is old. */
  void lead(boolean leads);

  /** Something is to be delivered. */
  void deliver();

  /** Incidents have changed, wherever they were made. */
  void incidentsChanged(List<IncidentChange> changes);

  /** The state of a stream has changed, wherever it is watched. */
  void streamChanged(String stream);

  /** One line for who operates the service. */
  void log(String line);
}
