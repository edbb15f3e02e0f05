package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.streams.WatchedStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A content that viewers watch and no stream of the service shows.
 *
 * @param content as players tell it: anything
 * @param viewers sessions that watch it now
 */
public record Unmonitored(String content, long viewers) {
  private static final Comparator<Unmonitored> MOST_FIRST =
      Comparator.comparingLong(Unmonitored::viewers).reversed().thenComparing(Unmonitored::content);

  /**
   * All of them, those with the most viewers first.
   *
   * @param watching sessions by content; the empty one, which is not told, is left out
   * @param streams of the service
   */
  public static List<Unmonitored> of(
      Map<String, Long> watching, Collection<WatchedStream> streams) {
    Set<String> shown = streams.stream().map(Programmes::content).collect(Collectors.toSet());
    return watching.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty() && !shown.contains(entry.getKey()))
        .map(entry -> new Unmonitored(entry.getKey(), entry.getValue()))
        .sorted(MOST_FIRST)
        .toList();
  }
}
