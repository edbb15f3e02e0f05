package io.aircheck.app.check;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is meant by an input: an address or a file is itself; {@code -} is standard input; a folder
 * is the HLS stream in it, or else the media files directly in it; a pattern with {@code *} or
 * {@code ?} that the shell did not expand is the files that match.
 */
public final class InputExpansion {
  private static final Set<String> MEDIA =
      Set.of(
          "mp4", "m4v", "m4a", "mov", "mkv", "webm", "ts", "m2ts", "mts", "mxf", "avi", "flv",
          "mpg", "mpeg", "wav", "flac", "mp3", "aac", "ogg", "opus", "m3u8", "mpd");

  /** The name under which the system has it as a file. */
  private static final String STANDARD_INPUT = "/dev/stdin";

  private InputExpansion() {}

  /**
   * @throws IOException when a folder cannot be read, or holds no media; the message is one line
   */
  public static List<String> expand(List<String> inputs) throws IOException {
    List<String> expanded = new ArrayList<>();
    for (String input : inputs) {
      if (input.contains("://")) {
        expanded.add(input);
        continue;
      }
      if (input.equals("-")) {
        expanded.add(STANDARD_INPUT);
        continue;
      }
      if (input.isBlank()) {
        throw new IOException("an input has no name; is a variable empty?");
      }
      Path path = Path.of(input);
      if (Files.isDirectory(path)) {
        expanded.addAll(folder(path));
      } else if (!Files.exists(path) && (input.contains("*") || input.contains("?"))) {
        expanded.addAll(pattern(path));
      } else {
        expanded.add(input);
      }
    }
    return expanded;
  }

  private static List<String> folder(Path folder) throws IOException {
    for (String playlist : List.of("master.m3u8", "index.m3u8")) {
      if (Files.exists(folder.resolve(playlist))) {
        return List.of(folder.resolve(playlist).toString());
      }
    }
    List<String> files = list(folder, file -> MEDIA.contains(extension(file)));
    if (files.isEmpty()) {
      throw new IOException(folder + ": a folder without media files; name the files");
    }
    return files;
  }

  private static List<String> pattern(Path path) throws IOException {
    Path parent = path.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    Path name = path.getFileName();
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
    List<String> files =
        Files.isDirectory(folder.toAbsolutePath())
            ? list(folder, file -> matcher.matches(file.getFileName()))
            : List.of();
    // Nothing matches: opening it says so.
    return files.isEmpty() ? List.of(path.toString()) : files;
  }

  private static List<String> list(Path folder, PathMatcher filter) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(filter::matches)
          .sorted()
          .map(Path::toString)
          .toList();
    }
  }

  private static String extension(@Nullable Path file) {
    String name = String.valueOf(file);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
