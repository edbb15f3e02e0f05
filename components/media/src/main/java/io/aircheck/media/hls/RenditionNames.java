package io.aircheck.media.hls;

import io.aircheck.media.playlist.Ladder;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Short, stable names for renditions, from what the packager already wrote: the folder ({@code
 * v0/index.m3u8}), the file ({@code 720p.m3u8}), the picture size, else a number.
 */
final class RenditionNames {
  private static final int MAX_LENGTH = 40;

  private RenditionNames() {}

  /**
   * A rendition before it has a name.
   *
   * @param reference address as written (variants) or group id (alternative renditions)
   * @param uri absolute address
   * @param label picture size (variants), or type and name (alternative renditions); may be empty
   * @param bandwidth bits per second
   */
  record Entry(String reference, URI uri, String label, long bandwidth) {}

  static List<Ladder.Rendition> assign(List<Entry> variants, List<Entry> alternatives) {
    Set<String> taken = new HashSet<>();
    List<Ladder.Rendition> renditions = new ArrayList<>();
    name(
        variants,
        List.of(RenditionNames::folder, RenditionNames::file, RenditionNames::label),
        taken,
        renditions);
    name(
        alternatives,
        List.of(RenditionNames::label, RenditionNames::groupAndLabel),
        taken,
        renditions);
    return renditions;
  }

  /** Names all entries by the first way that tells all of them apart. */
  private static void name(
      List<Entry> entries,
      List<Function<Entry, String>> ways,
      Set<String> taken,
      List<Ladder.Rendition> renditions) {
    Function<Entry, String> way =
        ways.stream()
            .filter(candidate -> tellsApart(entries, candidate))
            .findFirst()
            .orElse(ways.getLast());
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      String name = way.apply(entry);
      String base = name.isEmpty() ? "v" + i : name;
      String unique = base;
      for (int copy = 2; !taken.add(unique); copy++) {
        unique = base + "-" + copy;
      }
      renditions.add(new Ladder.Rendition(unique, entry.uri(), entry.bandwidth()));
    }
  }

  private static boolean tellsApart(List<Entry> entries, Function<Entry, String> way) {
    List<String> names = entries.stream().map(way).toList();
    return names.stream().noneMatch(String::isEmpty)
        && names.stream().distinct().count() == names.size();
  }

  private static String folder(Entry entry) {
    String path = path(entry);
    int file = path.lastIndexOf('/');
    return file <= 0 ? "" : plain(path.substring(path.lastIndexOf('/', file - 1) + 1, file));
  }

  private static String file(Entry entry) {
    String path = path(entry);
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return plain(dot > 0 ? file.substring(0, dot) : file);
  }

  private static String label(Entry entry) {
    return plain(entry.label());
  }

  private static String groupAndLabel(Entry entry) {
    return plain(entry.label() + "-" + entry.reference());
  }

  private static String path(Entry entry) {
    return entry.reference().replaceFirst("(?i)^https?://[^/?#]*", "").split("[?#]", 2)[0];
  }

  /** Letters, digits, dots, dashes; empty when nothing short is left. */
  private static String plain(String text) {
    String name =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^-+|-+$", "");
    return name.length() > MAX_LENGTH || name.equals("..") || name.equals(".") ? "" : name;
  }
}
