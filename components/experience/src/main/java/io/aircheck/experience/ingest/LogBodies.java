package io.aircheck.experience.ingest;

import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.logs.LogReports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Takes lines that a delivery network pushes. A body that comes again, since its sender got no
 * answer or was refused in the middle, is taken only as far as it was not. Thread-safe.
 */
public final class LogBodies {
  private static final int HASH_BYTES = 16;

  private final BodyBookmark bookmark = new BodyBookmark();
  private final LogIntake intake;

  /**
   * A log that is pushed.
   *
   * @param name of the log
   * @param reports reads its lines, for nobody else
   */
  public LogBodies(String name, LogReports reports, Intake.Keeper keeper, InstantSource clock) {
    this.intake = new LogIntake(name, "http", reports, keeper, clock, bookmark);
  }

  /** What takes the lines. */
  public LogIntake intake() {
    return intake;
  }

  /**
   * Takes a body; when it returns {@link Answer.Taken}, all of it is taken for good, now or before.
   *
   * @param body lines, not compressed; its end ends the last one
   */
  public synchronized Answer take(byte[] body) {
    LineBlocks blocks = new LineBlocks(new ByteArrayInputStream(body), intake::tooLong);
    int reports = 0;
    int rejected = 0;
    try {
      for (byte[] block = blocks.nextOrRest(); block.length > 0; block = blocks.nextOrRest()) {
        switch (once(block)) {
          case Answer.Taken taken -> {
            reports += taken.reports();
            rejected += taken.rejected();
          }
          case Answer refused -> {
            return refused;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be read", e);
    }
    return new Answer.Taken(reports, rejected);
  }

  private Answer once(byte[] block) {
    String mark = hash(block);
    return bookmark.has(mark) ? new Answer.Taken(0, 0) : intake.take(block, mark);
  }

  private static String hash(byte[] block) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(block);
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
