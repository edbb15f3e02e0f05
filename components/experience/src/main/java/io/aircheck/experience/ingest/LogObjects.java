package io.aircheck.experience.ingest;

import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.logs.LogReports;
import io.aircheck.experience.report.Rejection;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of a bucket, each once, the oldest first: at the very first start those that
 * come from then on. What ends in {@code .gz} is compressed. One that is damaged is read as far as
 * that goes, and counted as malformed.
 */
public final class LogObjects implements LogReader {
  private final LogBucket bucket;
  private final InstantSource clock;
  private final ObjectBookmark bookmark = new ObjectBookmark();
  private final LogIntake intake;
  private volatile @Nullable String problem;
  private volatile long behindBytes;

  /**
   * A bucket, which may be away.
   *
   * @param name of the log
   * @param where the bucket is, in one line
   * @param reports reads its lines, for nobody else
   */
  public LogObjects(
      String name,
      String where,
      LogBucket bucket,
      LogReports reports,
      Intake.Keeper keeper,
      InstantSource clock) {
    this.bucket = bucket;
    this.clock = clock;
    this.intake = new LogIntake(name, "s3 " + where, reports, keeper, clock, bookmark);
  }

  @Override
  public void look() {
    try {
      if (bookmark.isNew()) {
        intake.pass(ObjectMark.since(clock.millis()).toString());
      }
      problem = lookOn().map(why -> "log " + intake.name() + ": " + why).orElse(null);
    } catch (IOException e) {
      problem = "log %s: %s".formatted(intake.name(), e.getMessage());
    }
  }

  private Optional<String> lookOn() throws IOException {
    List<LogBucket.Item> items =
        bucket.list().stream()
            .filter(bookmark::wants)
            .sorted(
                Comparator.comparingLong(LogBucket.Item::modifiedMillis)
                    .thenComparing(LogBucket.Item::key))
            .toList();
    long behind = items.stream().mapToLong(LogBucket.Item::bytes).sum();
    behindBytes = behind;
    for (LogBucket.Item item : items) {
      Optional<String> refused = read(item);
      if (refused.isPresent()) {
        return refused;
      }
      intake.pass(ObjectMark.of(item, ObjectMark.WHOLE).toString());
      behind -= item.bytes();
      behindBytes = behind;
    }
    return Optional.empty();
  }

  private Optional<String> read(LogBucket.Item item) throws IOException {
    try (InputStream stored = bucket.open(item.key());
        InputStream in = item.key().endsWith(".gz") ? new GZIPInputStream(stored) : stored) {
      LineBlocks blocks = new LineBlocks(in, intake::tooLong);
      long before = bookmark.offset(item);
      for (byte[] block = blocks.nextOrRest(); block.length > 0; block = blocks.nextOrRest()) {
        Optional<String> refused = take(item, block, blocks.consumed(), before);
        if (refused.isPresent()) {
          return refused;
        }
      }
    } catch (ZipException | EOFException e) {
      intake.counters().rejected(Rejection.MALFORMED, 1);
    }
    return Optional.empty();
  }

  /** Takes lines but for those that were taken before. */
  private Optional<String> take(LogBucket.Item item, byte[] block, long until, long before) {
    long from = until - block.length;
    int known = Math.clamp(before - from, 0, block.length);
    if (known > 0) {
      intake.heading(Arrays.copyOf(block, known));
    }
    return known == block.length
        ? Optional.empty()
        : Refused.why(
            intake.take(
                Arrays.copyOfRange(block, known, block.length),
                ObjectMark.of(item, until).toString()));
  }

  @Override
  public LogIntake intake() {
    return intake;
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public long behindBytes() {
    return behindBytes;
  }

  @Override
  public void close() {
    // Nothing stays open between looks.
  }
}
