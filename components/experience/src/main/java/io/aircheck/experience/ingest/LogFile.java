package io.aircheck.experience.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A log that is open, and stays so when it is renamed or removed. Not thread-safe. */
final class LogFile implements AutoCloseable {
  private static final int HEAD_BYTES = 1024;
  private static final int HASH_BYTES = 16;

  private final FileChannel channel;
  private final @Nullable Object key;
  private long offset;

  private LogFile(FileChannel channel, @Nullable Object key) {
    this.channel = channel;
    this.key = key;
  }

  /** Opens a file at its beginning. */
  static LogFile open(Path file) throws IOException {
    return new LogFile(FileChannel.open(file), key(file));
  }

  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Whether it is what has a name now; where files have no keys, whether that is as long. */
  boolean isAt(Path file) throws IOException {
    try {
      return Objects.equals(key, key(file)) && (key != null || Files.size(file) == size());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether a mark is one of this file. One of a file of which nothing was read is of none. */
  boolean has(FileMark mark) throws IOException {
    return mark.headBytes() > 0
        && size() >= mark.offset()
        && hash(mark.headBytes()).equals(mark.head());
  }

  /** How far it has been read. */
  FileMark mark(long until) throws IOException {
    int bytes = (int) Math.min(until, HEAD_BYTES);
    return bytes == 0 ? FileMark.START : new FileMark(until, bytes, hash(bytes));
  }

  long size() throws IOException {
    return channel.size();
  }

  long offset() {
    return offset;
  }

  /** Goes on somewhere else. */
  void seek(long where) {
    offset = where;
  }

  /** Goes to where its last whole line ends. */
  void seekLastLine() throws IOException {
    long size = size();
    int bytes = (int) Math.min(size, LogIntake.MOST_BYTES);
    byte[] tail = read(size - bytes, bytes);
    int end = tail.length;
    while (end > 0 && tail[end - 1] != '\n') {
      end--;
    }
    offset = end == 0 ? size : size - bytes + end;
  }

  /** What is there from the offset on. Not to be closed. */
  InputStream stream() throws IOException {
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  /** Its beginning, where lines may say something of the others. */
  byte[] heading() throws IOException {
    return read(0, (int) Math.min(size(), LogIntake.MOST_BYTES));
  }

  private String hash(int bytes) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(read(0, bytes));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private byte[] read(long from, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
      // Until it is full or the file ends.
    }
    byte[] read = new byte[buffer.position()];
    buffer.flip().get(read);
    return read;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
