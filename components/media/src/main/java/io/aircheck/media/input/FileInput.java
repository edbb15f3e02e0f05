package io.aircheck.media.input;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file, or anything else that the file system names (a pipe is read but not seekable). */
public final class FileInput implements ByteInput {
  private final Path path;
  private final FileChannel channel;
  private final boolean seekable;

  private FileInput(Path path, FileChannel channel, boolean seekable) {
    this.path = path;
    this.channel = channel;
    this.seekable = seekable;
  }

  /**
   * Opens a file for reading.
   *
   * @throws MediaException when there is none or it cannot be read
   */
  public static FileInput open(Path path) throws MediaException {
    if (Files.notExists(path)) {
      throw new MediaException(Reason.NOT_FOUND, path + ": no such file; check the path");
    }
    if (Files.isDirectory(path)) {
      throw new MediaException(
          Reason.UNSUPPORTED, path + ": is a directory; name a media file or playlist in it");
    }
    try {
      return new FileInput(
          path, FileChannel.open(path, StandardOpenOption.READ), Files.isRegularFile(path));
    } catch (AccessDeniedException denied) {
      throw new MediaException(
          Reason.DENIED, path + ": not readable; check its permissions", denied);
    } catch (IOException failure) {
      throw broken(path, failure);
    }
  }

  private static MediaException broken(Path path, IOException failure) {
    return new MediaException(
        Reason.DISCONNECTED,
        path + ": cannot be read (" + failure.getMessage() + "); check the disk",
        failure);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws MediaException {
    try {
      return channel.read(ByteBuffer.wrap(buffer, offset, length));
    } catch (ClosedChannelException closed) {
      return -1;
    } catch (IOException failure) {
      throw broken(path, failure);
    }
  }

  @Override
  public boolean seekable() {
    return seekable;
  }

  @Override
  public long size() {
    try {
      return seekable ? channel.size() : -1;
    } catch (IOException closedOrGone) {
      return -1;
    }
  }

  @Override
  public void seek(long position) throws MediaException {
    try {
      channel.position(position);
    } catch (IOException failure) {
      throw broken(path, failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nothing was written, so nothing can be lost.
    }
  }
}
