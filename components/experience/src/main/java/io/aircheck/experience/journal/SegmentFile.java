package io.aircheck.experience.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A file that is appended to, by one thread at a time. */
interface SegmentFile extends Closeable {
  /** Opens such files. */
  interface Disk {
    /** Opens a file, which is made if there is none, to be appended to. */
    SegmentFile open(Path file) throws IOException;
  }

  /**
   * Appends bytes; when it returns, the system has them.
   *
   * @throws IOException when it could not; some of them may be there
   */
  void append(byte[] bytes, int length) throws IOException;

  /** Cuts the file, or does nothing if it is no longer than that. */
  void truncate(long length) throws IOException;

  /** Waits until everything is on the disk. */
  void force() throws IOException;

  /**
   * A file of the system. Not a channel: those are closed when a thread is interrupted that uses
   * them.
   */
  static SegmentFile onDisk(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    file.seek(file.length());
    return new SegmentFile() {
      @Override
      public void append(byte[] bytes, int length) throws IOException {
        file.write(bytes, 0, length);
      }

      @Override
      public void truncate(long length) throws IOException {
        if (file.length() > length) {
          file.setLength(length);
        }
        file.seek(file.length());
      }

      @Override
      public void force() throws IOException {
        file.getFD().sync();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
