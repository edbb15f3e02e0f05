package io.aircheck.experience.ingest;

import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.logs.LogReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file as it grows: at the very first start from its end, then from where it was.
 *
 * <p>A file that is renamed is read to its end before the one that has its name now; that one is
 * begun when a whole look has found nothing more, since servers write to the old one until they are
 * told. A file that is cut is read from its beginning, and before that what is left of its copy, if
 * there is one beside it. What a rotation did while nobody looked is known by the beginning of the
 * file: its latest rotation, if it is not compressed.
 */
public final class LogTail implements LogReader {
  private static final int MOST_COPIES = 16;

  private final Path file;
  private final FileBookmark bookmark = new FileBookmark();
  private final LogIntake intake;
  private @Nullable LogFile open;

  /** The latest look has found nothing in a file that has lost its name. */
  private boolean ended;

  private volatile @Nullable String problem;
  private volatile long behindBytes;

  /**
   * A file, which need not be there.
   *
   * @param name of the log
   * @param reports reads its lines, for nobody else
   */
  public LogTail(
      String name, Path file, LogReports reports, Intake.Keeper keeper, InstantSource clock) {
    this.file = file;
    this.intake = new LogIntake(name, "file " + file, reports, keeper, clock, bookmark);
  }

  @Override
  public void look() {
    try {
      problem = lookOn().map(why -> "log " + intake.name() + ": " + why).orElse(null);
    } catch (IOException e) {
      problem =
          "log %s: %s cannot be read: %s; check that the service may read it"
              .formatted(intake.name(), file, e);
      leave();
    }
  }

  /** Reads what is there; why that is not all, if so. */
  private Optional<String> lookOn() throws IOException {
    LogFile log = open == null ? begin() : open;
    open = log;
    if (log == null) {
      return Optional.of(missing());
    }
    if (isCut(log)) {
      leave();
      return lookOn();
    }
    long from = log.offset();
    Optional<String> refused = readLines(log);
    behindBytes = log.size() - log.offset();
    if (refused.isPresent()) {
      return refused;
    }
    if (!Files.exists(file)) {
      return Optional.of(missing());
    }
    boolean over = !log.isAt(file) && log.offset() == from;
    if (over && ended) {
      ended = false;
      return next(log);
    }
    ended = over;
    return Optional.empty();
  }

  private String missing() {
    return "there is no file " + file + "; it is read once it is there";
  }

  /** Whether what was read of a file is not in it any more. */
  private boolean isCut(LogFile log) throws IOException {
    FileMark mark = bookmark.latest().orElse(FileMark.START);
    return log.offset() > 0 && mark.headBytes() > 0 && !log.has(mark);
  }

  /** Opens the file where it is to be read on; null: it is not there. */
  private @Nullable LogFile begin() throws IOException {
    Optional<FileMark> mark = bookmark.latest();
    if (mark.isEmpty()) {
      return first();
    }
    for (Path candidate : candidates()) {
      LogFile log = LogFile.open(candidate);
      if (log.has(mark.get())) {
        log.seek(mark.get().offset());
        intake.heading(log.heading());
        return log;
      }
      log.close();
    }
    return Files.exists(file) ? LogFile.open(file) : null;
  }

  /** The very first time: what is there already is left out. */
  private @Nullable LogFile first() throws IOException {
    if (!Files.exists(file)) {
      intake.pass(FileMark.START.toString());
      return null;
    }
    LogFile log = LogFile.open(file);
    log.seekLastLine();
    intake.heading(log.heading());
    intake.pass(log.mark(log.offset()).toString());
    return log;
  }

  /** The file, and what may have been it, the latest first. */
  private List<Path> candidates() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> beside = Files.list(folder)) {
      Stream<Path> copies =
          beside
              .filter(this::mayBeCopy)
              .sorted(Comparator.comparingLong(LogTail::modifiedMillis).reversed())
              .limit(MOST_COPIES);
      return Stream.concat(Stream.of(file).filter(Files::exists), copies).toList();
    }
  }

  private boolean mayBeCopy(Path path) {
    String name = String.valueOf(path.getFileName());
    String original = String.valueOf(file.getFileName());
    return name.startsWith(original)
        && name.length() > original.length()
        && !name.matches(".*\\.(gz|bz2|xz|zst)")
        && Files.isRegularFile(path);
  }

  private static long modifiedMillis(Path path) {
    return path.toFile().lastModified();
  }

  /** Reads whole lines to the end; why it could not, if so. Half a line is left. */
  private Optional<String> readLines(LogFile log) throws IOException {
    if (log.size() <= log.offset()) {
      return Optional.empty();
    }
    long start = log.offset();
    LineBlocks blocks = new LineBlocks(log.stream(), intake::tooLong);
    byte[] block = blocks.next();
    while (block != null) {
      Optional<String> refused = take(log, block, start + blocks.consumed());
      if (refused.isPresent()) {
        return refused;
      }
      block = blocks.next();
    }
    log.seek(start + blocks.consumed());
    return Optional.empty();
  }

  private Optional<String> take(LogFile log, byte[] lines, long until) throws IOException {
    Optional<String> refused = Refused.why(intake.take(lines, log.mark(until).toString()));
    if (refused.isEmpty()) {
      log.seek(until);
    }
    return refused;
  }

  /** Goes on with the file that has the name now. A last line without end is one. */
  private Optional<String> next(LogFile log) throws IOException {
    if (log.size() > log.offset()) {
      LineBlocks blocks = new LineBlocks(log.stream(), intake::tooLong);
      if (blocks.next() != null) {
        return Optional.empty(); // somebody writes after all
      }
      byte[] rest = blocks.rest();
      Optional<String> refused = take(log, rest, log.offset() + blocks.consumed());
      if (refused.isPresent()) {
        return refused;
      }
    }
    leave();
    open = LogFile.open(file);
    return lookOn();
  }

  private void leave() {
    LogFile log = open;
    open = null;
    ended = false;
    if (log != null) {
      try {
        log.close();
      } catch (IOException e) {
        // It was only read.
      }
    }
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
    leave();
  }
}
