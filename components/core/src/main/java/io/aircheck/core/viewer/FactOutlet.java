package io.aircheck.core.viewer;

import io.aircheck.core.fact.Fact;
import java.io.IOException;
import java.util.List;

/**
 * Makes files of facts, and publishes them later, maybe by another process: in between they are
 * nowhere but with who asked for them. Not thread-safe.
 */
public interface FactOutlet extends AutoCloseable {
  /**
   * A file.
   *
   * @param name where it is to be; no other has it
   * @param content not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // written and read as they are, never compared
  record File(String name, byte[] content) {}

  /**
   * Makes files, one for each hour.
   *
   * @throws IOException when that is not possible; one line without secrets
   */
  List<File> make(List<Fact> facts) throws IOException;

  /**
   * Publishes a file: when it returns, whoever reads sees it whole. Again, it changes nothing.
   *
   * @throws IOException when that is not possible now; one line without secrets
   */
  void publish(File file) throws IOException;

  @Override
  void close();
}
