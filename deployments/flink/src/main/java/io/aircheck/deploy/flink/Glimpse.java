package io.aircheck.deploy.flink;

import io.aircheck.core.media.Decoding;
import io.aircheck.core.media.MediaInfo;
import java.util.List;
import java.util.Optional;

/**
 * What could be seen of a task since it was looked at before, for people to look at: nothing is
 * decided by it.
 *
 * @param state how it is; empty: as before
 * @param values the latest value of each metric
 * @param stills small pictures, the latest last; some of them when there were many
 * @param decoding what it decodes; empty: as before
 * @param shedding how many pictures it leaves out; empty: as before
 */
public record Glimpse(
    Optional<State> state,
    List<Value> values,
    List<Still> stills,
    Optional<Depth> decoding,
    Optional<Shedding> shedding) {

  /** Nothing is to be seen. */
  public static final Glimpse NOTHING =
      new Glimpse(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty());

  public Glimpse {
    values = List.copyOf(values);
    stills = List.copyOf(stills);
  }

  /** How a task is. */
  public sealed interface State {
    /** Its input is open. */
    record Watching(MediaInfo info) implements State {}

    /** Its input is lost, and tried again. */
    record Unavailable(String reason) implements State {}

    /**
     * It is over.
     *
     * @param failure why it could not go on; empty when it came to its end
     */
    record Over(Optional<String> failure) implements State {}
  }

  /**
   * A value of a metric.
   *
   * @param ptsMicros its media time
   */
  public record Value(String track, String metric, long ptsMicros, double value) {}

  /**
   * A small copy of a picture.
   *
   * @param ptsMicros its media time
   * @param jpeg do not write
   */
  public record Still(long ptsMicros, byte[] jpeg) {}

  /** How much is decoded, and why. */
  public record Depth(Decoding decoding, String why) {}

  /** See {@link io.aircheck.core.task.TaskProbe#shedding}. */
  public record Shedding(int stride, double behindSeconds, long skippedFrames) {}
}
