package io.aircheck.app.serve.incidents;

import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.Incident;
import io.aircheck.core.incident.IncidentInput;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The incidents of the service: what makes them goes in, and they can be looked at and worked with.
 * Whether they are made here or by another copy of the service, nobody has to know. Thread-safe;
 * what goes in never waits.
 */
public interface Incidents extends AutoCloseable {

  /**
   * Takes up where the last process stopped.
   *
   * @param watched ids of the streams that are watched now
   */
  void start(Set<String> watched);

  /** Something was observed. */
  void observed(StreamObservation observation);

  /** A stream is watched anew by tasks that do not remember what they found. */
  void rewatched(String stream);

  /** A stream is not watched for a while, for want of room. */
  void paused(String stream);

  /** A stream is not watched here any more. */
  void unwatched(String stream);

  /**
   * Somebody says something about an incident.
   *
   * @return completes with the incident as it is then, when that is durable; with nothing when it
   *     is closed
   */
  CompletionStage<Optional<Incident>> command(
      Incident incident, IncidentInput.Commanded.Command command, String by, String text);

  /**
   * Somebody opens a closed incident again.
   *
   * @return completes with the incident as it is then, when that is durable; with nothing when it
   *     was not closed
   */
  CompletionStage<Optional<Incident>> reopen(Incident incident, String by);

  /** Incidents that are not over. */
  Collection<Incident> active();

  /** An incident. */
  Optional<Incident> find(String id);

  /** What keeps incidents from being stored; empty when all is well. */
  Optional<String> problem();

  /** News of lasting findings that were left out because nobody took them for too long. */
  long dropped();

  /** Hands on or stores what has come in, and stops. */
  @Override
  void close();
}
