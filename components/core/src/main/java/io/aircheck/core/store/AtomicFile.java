package io.aircheck.core.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Small files that are written anew as a whole: whoever reads one finds what was written last or
 * the time before, whatever ended the process or the machine meanwhile.
 */
public final class AtomicFile {
  private static final String UNFINISHED = ".unfinished";

  private AtomicFile() {}

  /**
   * Writes one; when this returns, it is on the disk. By one thread at a time.
   *
   * @param file in a folder that is there; a file beside it has its name and {@value #UNFINISHED}
   * @throws IOException when that is not possible; the file is as it was
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
      out.write(content);
      out.getFD().sync();
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
