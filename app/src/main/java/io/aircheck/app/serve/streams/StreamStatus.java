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
 * @param closeness how closely it is watched
 * @param renditions each rendition that is watched, in the order of the ladder
 */
public record StreamStatus(
    State state, Optional<String> problem, Closeness closeness, List<Rendition> renditions) {

  /** Not watched at this time. */
  public static final StreamStatus IDLE =
      new StreamStatus(State.IDLE, Optional.empty(), Closeness.FULL, List.of());

  /** Of what another copy has begun to watch and said nothing of yet. */
  public static final StreamStatus UNKNOWN =
      new StreamStatus(State.STARTING, Optional.empty(), Closeness.FULL, List.of());

  /** What waits until a copy of the service has room. */
  public static final StreamStatus UNPLACED =
      new StreamStatus(
          State.WAITING,
          Optional.of("no copy of the service has room for it, or takes such streams"),
          new Closeness(true, "no copy has room"),
          List.of());

  /**
   * Of what waits until there is room.
   *
   * @param why what is full
   */
  static StreamStatus waiting(String why) {
    return new StreamStatus(
        State.WAITING,
        Optional.of(why + "; it is watched once there is room"),
        new Closeness(true, why),
        List.of());
  }

  /** The same without levels, which change all the time. */
  public StreamStatus withoutLevels() {
    return new StreamStatus(
        state, problem, closeness, renditions.stream().map(Rendition::withoutLevels).toList());
  }

  /**
   * How closely a stream is watched.
   *
   * @param light whether some of its pictures are not decoded right now
   * @param why in words: what is suspicious, or why it is watched lightly; empty when it is simply
   *     watched in full
   */
  public record Closeness(boolean light, String why) {
    static final Closeness FULL = new Closeness(false, "");
  }

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
    IDLE,
    /** It is not watched since the machine, or the cluster, is full. */
    WAITING
  }

  /**
   * One rendition.
   *
   * @param id rendition of the ladder, or null where there is none
   * @param info what is known of the input; empty before it was opened
   * @param levels latest level of each metric that is shown live, by track and metric
   * @param skippedFrames pictures that were not looked at closely
   * @param reconnects times it was lost
   * @param keyPicturesOnly whether of its pictures only key pictures are decoded
   */
  public record Rendition(
      @Nullable String id,
      State state,
      Optional<String> problem,
      Optional<MediaInfo> info,
      Map<String, Double> levels,
      long skippedFrames,
      long reconnects,
      boolean keyPicturesOnly) {
    public Rendition {
      levels = Map.copyOf(levels);
    }

    private Rendition withoutLevels() {
      return new Rendition(
          id, state, problem, info, Map.of(), skippedFrames, reconnects, keyPicturesOnly);
    }
  }

  public StreamStatus {
    renditions = List.copyOf(renditions);
  }
}
