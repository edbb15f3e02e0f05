package io.aircheck.media.playlist;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The renditions of a master playlist or manifest.
 *
 * @param container hls or dash
 * @param renditions in the order of the playlist: variants, then alternative renditions
 * @param issues rules that the playlist breaks
 */
public record Ladder(String container, List<Rendition> renditions, List<PlaylistIssue> issues)
    implements Playlist {

  /** Most renditions that a ladder may have; Apple's recommendations stay below 50. */
  public static final int MAX_RENDITIONS = 200;

  public Ladder {
    renditions = List.copyOf(renditions);
    issues = List.copyOf(issues);
  }

  /** The rendition with an id. */
  public Optional<Rendition> find(String id) {
    return renditions.stream().filter(rendition -> rendition.id().equals(id)).findFirst();
  }

  /** The rendition with the highest bandwidth: what a viewer on a fast line gets. */
  public Optional<Rendition> best() {
    return renditions.stream()
        .reduce((best, next) -> next.bandwidth() > best.bandwidth() ? next : best);
  }

  /**
   * One rendition.
   *
   * @param id short and stable
   * @param uri absolute address of its media playlist
   * @param bandwidth peak bits per second as declared; 0 or less for alternative renditions
   */
  public record Rendition(String id, URI uri, long bandwidth) {}
}
