package io.aircheck.experience.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one player told of one moment. Null is what it did not tell: a report says only what
 * changed, or what its schema has. Immutable.
 *
 * @param session random id of the viewing, at most 64 characters
 * @param channel which of the player's report streams it came by: sequence numbers count within it
 * @param sequence number within session and channel; -1: the schema has none
 * @param eventMillis when it happened by the clock of the player, milliseconds since the epoch;
 *     what has no time of its own has that of its arrival
 * @param receivedMillis when it arrived, by the clock of the service
 * @param facts what it says
 * @param attributes of viewer, player and network that make dimensions, by their names in {@link
 *     Attributes}; custom ones by their own
 */
public record ViewerReport(
    String session,
    String channel,
    long sequence,
    long eventMillis,
    long receivedMillis,
    Facts facts,
    Map<String, String> attributes) {

  /** The latest time that a report can have: the end of the year 9999. */
  public static final long MAX_MILLIS = 253_402_300_799_999L;

  /** Longest id of a session, characters. */
  public static final int MAX_SESSION = 64;

  /** Longest id of a content, characters. */
  public static final int MAX_CONTENT = 128;

  public ViewerReport {
    attributes = Map.copyOf(attributes);
  }

  /** The same report, saying something else. */
  public ViewerReport with(Facts other) {
    return new ViewerReport(
        session, channel, sequence, eventMillis, receivedMillis, other, attributes);
  }

  /**
   * What a report says. Totals count from the beginning of the session.
   *
   * @param state what the player does from now on
   * @param content id of the content, at most 128 characters
   * @param live whether the content is live
   * @param bitrateKbps of what is shown, sound included where it is known
   * @param topBitrateKbps of the best rendition that the player could choose
   * @param width of what is shown, pixels
   * @param height of what is shown, pixels
   * @param playheadMillis from the start of the content; live: milliseconds since the epoch
   * @param positionMillis place in the media by an origin of the player's own: only that it moves
   *     says something
   * @param playbackRate 1 is normal speed
   * @param liveLatencyMillis from the encoder's clock to the viewer's eye
   * @param bufferMillis media that is loaded and not yet shown
   * @param droppedFrames total of pictures that were not shown for want of time
   * @param startupMillis from the wish to play to the first picture, as the player measured it
   * @param stalls total of interruptions for want of data, as the player counted them
   * @param stalledMillis total time of them, as the player measured it
   * @param starved the buffer ran empty since the last report
   * @param adBreak whether there is a break for advertisements instead of the content; its end is
   *     that of its advertisements, too
   * @param ad whether an advertisement is played, in a break or without one. A report that tells it
   *     is of the advertisement, and so is its content
   * @param background whether nobody can see the player
   * @param errorCode of an error, fatal or not
   * @param fatal whether the error ended playback
   * @param delivery how a request went
   */
  public record Facts(
      @Nullable PlayerState state,
      @Nullable String content,
      @Nullable Boolean live,
      @Nullable Integer bitrateKbps,
      @Nullable Integer topBitrateKbps,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Long playheadMillis,
      @Nullable Long positionMillis,
      @Nullable Double playbackRate,
      @Nullable Long liveLatencyMillis,
      @Nullable Long bufferMillis,
      @Nullable Long droppedFrames,
      @Nullable Long startupMillis,
      @Nullable Long stalls,
      @Nullable Long stalledMillis,
      boolean starved,
      @Nullable Boolean adBreak,
      @Nullable Boolean ad,
      @Nullable Boolean background,
      @Nullable String errorCode,
      boolean fatal,
      @Nullable Delivery delivery) {

    /** Nothing is said: a sign of life. */
    public static final Facts NONE = facts().build();

    /** Facts in the making. */
    public static FactsBuilder facts() {
      return new FactsBuilder();
    }

    /** Facts in the making that start with these. */
    public FactsBuilder but() {
      return new FactsBuilder(this);
    }
  }
}
