package io.aircheck.app.serve.streams;

import io.aircheck.core.media.MediaInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is watched right now. Immutable.
 *
 * @param state of the stream as a whole
 * @param problem why it is unavailable or failed, one line without secrets
 * @param renditions each rendition that is watched, in the order of the ladder
 */
public record StreamStatus(State state, Optional<String> problem, List<Rendition> renditions) {

  /** Not watched at this time. */
  public static final StreamStatus IDLE = new StreamStatus(State.IDLE, Optional.empty(), List.of());

  /** How a stream or a rendition is watched. */
  public enum State {
    /** Nothing has come from it yet. */
    STARTING,
    /** It is watched. */
    WATCHING,
    /** It is lost and tried again. */
    UNAVAILABLE,
    /** A finite input is over. */
    ENDED,
    /** It cannot be watched, and is not tried again. */
    FAILED,
    /** It killed its process again and again, and is not run until it is restarted or changed. */
    QUARANTINED,
    /** It is outside of its schedule. */
    IDLE
  }

  /**
   * One rendition.
   *
   * @param id rendition of the ladder, or null where there is none
   * @param info what is known of the input; empty before it was opened
   * @param levels latest level of each metric that is shown live, by track and metric
   * @param skippedFrames pictures that were not looked at closely
   * @param reconnects times it was lost
   */
  public record Rendition(
      @Nullable String id,
      State state,
      Optional<String> problem,
      Optional<MediaInfo> info,
      Map<String, Double> levels,
      long skippedFrames,
      long reconnects) {
    public Rendition {
      levels = Map.copyOf(levels);
    }
  }

  public StreamStatus {
    renditions = List.copyOf(renditions);
  }
}
