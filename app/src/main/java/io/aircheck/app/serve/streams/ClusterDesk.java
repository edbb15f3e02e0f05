package io.aircheck.app.serve.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Where the address is kept at which a job asks what is to be watched: with a secret in it, so that
 * only who may read the file can ask; always the same, so that a job finds a service that was
 * started again.
 *
 * @param file in the data folder of the service
 */
public record ClusterDesk(Path file) {

  private static final String NAME = "cluster-desk";

  /** The one of a service with this data folder. */
  public static ClusterDesk in(Path data) {
    return new ClusterDesk(data.resolve(NAME));
  }

  /** The one of a service that has this among its data. */
  public static ClusterDesk beside(Path folder) {
    return new ClusterDesk(folder.resolveSibling(NAME));
  }

  /**
   * The address.
   *
   * @throws IOException when no service has written it
   */
  public URI address() throws IOException {
    return URI.create(Files.readString(file, StandardCharsets.US_ASCII).strip());
  }

  /** The secret that was used before, or a new one. */
  String secret() {
    try {
      String path = address().getPath();
      return path.substring(path.lastIndexOf('/') + 1);
    } catch (IOException e) {
      return UUID.randomUUID().toString();
    }
  }

  void keep(URI address) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (!Files.exists(file)) {
        create();
      }
      Files.writeString(
          file, address + "\n", StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the address for the cluster cannot be written", e);
    }
  }

  /** Nobody else may read it, from its beginning on. */
  private void create() throws IOException {
    Set<String> views = file.getFileSystem().supportedFileAttributeViews();
    if (views.contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }
}
