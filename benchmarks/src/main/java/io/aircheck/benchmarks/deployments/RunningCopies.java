package io.aircheck.benchmarks.deployments;

import io.aircheck.app.cost.measure.Candidate;
import io.aircheck.app.cost.measure.Witness;
import io.aircheck.app.cost.measure.Work;
import io.aircheck.core.copies.IncidentExchange;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.task.TaskProbe;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.inprocess.TaskId;
import io.aircheck.storage.sql.PostgresCopies;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies at work. Whoever asks for what they have used also learns what they have told by then. */
final class RunningCopies implements Candidate.Running {
  private static final int LIMIT = 1_000;
  private static final Pattern STREAM_SECONDS =
      Pattern.compile("(?m)^aircheck_usage_stream_seconds_total (\\S+)");
  private static final Pattern SKIPPED =
      Pattern.compile("(?m)^aircheck_stream_skipped_frames_total\\S* (\\S+)");

  private final EmbeddedPostgres database;
  private final List<CopyProcess> copies;
  private final Work work;
  private final TaskProbe probe;
  private final Witness witness;
  private final IncidentExchange exchange;
  private final OverheardInputs overheard;
  private final Meter meter = new Meter();
  private final ProcessTrees processes;
  private long lastChange;
  private double streamSeconds;

  /**
   * @param postmaster the process of the database
   */
  RunningCopies(
      EmbeddedPostgres database,
      ProcessHandle postmaster,
      List<CopyProcess> copies,
      Work work,
      ProbeFactory probes,
      Witness witness)
      throws IOException {
    this.database = database;
    this.copies = List.copyOf(copies);
    this.work = work;
    this.probe = probes.probe(new TaskId("copies", null, StreamObservation.Point.MONITORED));
    this.witness = witness;
    this.exchange =
        new PostgresCopies(
                "postgresql://localhost:%d/postgres".formatted(database.getPort()), "postgres", "")
            .exchange();
    try {
      this.overheard = new OverheardInputs(database.getPostgresDatabase());
    } catch (SQLException e) {
      exchange.close();
      throw new IOException("the database does not take a trigger: " + e.getMessage(), e);
    }
    List<ProcessHandle> roots = new ArrayList<>(copies.stream().map(CopyProcess::handle).toList());
    roots.add(postmaster);
    this.processes = new ProcessTrees(roots, meter);
  }

  @Override
  public void watch(int streams) {
    try {
      for (int i = 0; i < streams; i++) {
        copies
            .getFirst()
            .ask(
                "POST",
                "/v1/streams",
                "{\"id\": \"stream-%d\", \"url\": \"%s\"}".formatted(i, work.source().uri()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Usage usage() {
    double reached = 0;
    long skipped = 0;
    try {
      for (CopyProcess copy : copies) {
        String metrics = copy.ask("GET", "/metrics", "");
        reached += sum(STREAM_SECONDS, metrics);
        skipped += (long) sum(SKIPPED, metrics);
      }
    } catch (IOException e) {
      probe.unavailable(
          copies.stream().allMatch(CopyProcess::isAlive)
              ? "a copy does not answer: " + e.getMessage()
              : "a copy has died");
    }
    if (skipped > 0) {
      probe.shedding(1, 0, skipped);
    }
    if (reached > streamSeconds) {
      meter.add(Quantity.STREAM_SECONDS, reached - streamSeconds);
      streamSeconds = reached;
    }
    processes.sample();
    tellChanges();
    return meter.usage();
  }

  private static double sum(Pattern sample, String metrics) {
    double sum = 0;
    Matcher matcher = sample.matcher(metrics);
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  private void tellChanges() {
    for (IncidentExchange.Numbered change : exchange.changesAfter(lastChange, LIMIT)) {
      witness.changed(change.change());
      lastChange = change.serial();
    }
  }

  @Override
  public void close() {
    try {
      tellChanges();
      overheard.observations().forEach(witness::observed);
    } catch (SQLException e) {
      throw new IllegalStateException("what copies have observed cannot be read", e);
    } finally {
      copies.forEach(CopyProcess::close);
      exchange.close();
      try {
        database.close();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL does not stop", e);
      }
    }
  }
}
