package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.settings.LogSettings;
import io.aircheck.experience.ingest.LogBodies;
import io.aircheck.experience.ingest.LogIntake;
import io.aircheck.experience.ingest.LogReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A request log that reports are read from. Thread-safe.
 *
 * @param settings of it; with secrets
 * @param intake what takes its lines
 * @param reader what fetches them; empty: they are pushed
 * @param bodies what takes them when they are pushed; empty: they are fetched
 */
public record ViewerLog(
    LogSettings settings,
    LogIntake intake,
    Optional<LogReader> reader,
    Optional<LogBodies> bodies) {

  static ViewerLog of(LogSettings settings, LogReader reader) {
    return new ViewerLog(settings, reader.intake(), Optional.of(reader), Optional.empty());
  }

  static ViewerLog of(LogSettings settings, LogBodies bodies) {
    return new ViewerLog(settings, bodies.intake(), Optional.empty(), Optional.of(bodies));
  }

  /** Its name. */
  public String name() {
    return settings.name();
  }

  /** Whether a token lets somebody push; how long that takes to tell says nothing of it. */
  public boolean isFor(String token) {
    byte[] known = settings.token().orElse("").getBytes(StandardCharsets.UTF_8);
    return known.length > 0 && MessageDigest.isEqual(known, token.getBytes(StandardCharsets.UTF_8));
  }

  /** What is wrong, in one line; empty: nothing. */
  public Optional<String> problem() {
    return reader.flatMap(LogReader::problem);
  }

  /** Bytes that are there and not read yet. */
  public long behindBytes() {
    return reader.map(LogReader::behindBytes).orElse(0L);
  }
}
