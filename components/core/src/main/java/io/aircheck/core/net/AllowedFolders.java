package io.aircheck.core.net;

import io.aircheck.core.media.SafeUri;
import io.aircheck.core.net.OutboundPolicy.DeniedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Folders below which files may be read; links do not lead out of them. */
record AllowedFolders(List<Path> folders) {
  /** What media libraries take for a protocol: {@code concat:/etc/passwd}. */
  private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z][A-Za-z0-9+.,-]+:.*");

  AllowedFolders {
    folders = List.copyOf(folders);
  }

  /** Refuses a path, or a {@code file:} address, that leads elsewhere. */
  void check(String uri) throws DeniedException {
    Path file = real(pathOf(uri));
    for (Path folder : folders) {
      if (file.startsWith(real(folder))) {
        return;
      }
    }
    throw new DeniedException(
        "%s: files may only be read below %s (outbound.files)"
            .formatted(uri, folders.isEmpty() ? "folders that are named, and none is" : folders));
  }

  private static Path pathOf(String uri) throws DeniedException {
    boolean address = uri.regionMatches(true, 0, "file:", 0, 5);
    if (address || !PROTOCOL.matcher(uri).matches()) {
      try {
        return address ? Path.of(URI.create(uri)) : Path.of(uri);
      } catch (IllegalArgumentException e) {
        // said below
      }
    }
    throw new DeniedException(SafeUri.redact(uri) + ": is no path of a file");
  }

  /** Where a path leads, links followed; of what is not there, where it would be. */
  private static Path real(Path path) {
    // The parts that lead upwards are dealt with by the file system, after the links before them.
    Path absolute = path.toAbsolutePath();
    for (Path existing = absolute; existing != null; existing = existing.getParent()) {
      try {
        Path real = existing.toRealPath();
        return real.resolve(existing.relativize(absolute)).normalize();
      } catch (IOException e) {
        // not there: its folder may be
      }
    }
    return absolute.normalize();
  }
}
