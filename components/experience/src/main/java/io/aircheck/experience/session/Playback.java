package io.aircheck.experience.session;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport.Facts;
import org.jspecify.annotations.Nullable;

/**
 * What a player does and shows from its last report on.
 *
 * @param state what it does; null: not told yet
 * @param resumed what it does when it has what it seeks or waits for; null: it does neither, or
 *     that is not known
 * @param ads where it is in advertisements
 * @param background whether nobody can see it
 * @param bitrateKbps of the content; 0: not told
 * @param topBitrateKbps of the best rendition; 0: not told
 * @param height of the picture in pixels; 0: not told
 * @param ratePermille speed of playback, 1000 is normal
 * @param latencyMillis live latency; -1: not told
 * @param positionMillis place in the media of a player that was asked to play; -1: not told, or
 *     nothing depends on it
 */
record Playback(
    @Nullable PlayerState state,
    @Nullable PlayerState resumed,
    Ads ads,
    boolean background,
    int bitrateKbps,
    int topBitrateKbps,
    int height,
    int ratePermille,
    int latencyMillis,
    long positionMillis) {

  static final Playback UNKNOWN = new Playback(null, null, Ads.NONE, false, 0, 0, 0, 1000, -1, -1);

  /** What is resumed where it is not known what was before. */
  private static final PlayerState PLAYS = PlayerState.PLAYING;

  private static final int MOST_KBPS = 1_000_000;
  private static final int MOST_HEIGHT = 20_000;
  private static final long MOST_LATENCY_MILLIS = 86_400_000;
  private static final int MOST_RATE = 16;
  private static final PlayerState[] STATES = PlayerState.values();

  @SuppressWarnings("EnumOrdinal") // within this process
  void write(SlotWriter out) {
    out.pair(state == null ? -1 : state.ordinal(), resumed == null ? -1 : resumed.ordinal());
    ads.write(out);
    out.flag(background);
    out.pair(bitrateKbps, topBitrateKbps);
    out.pair(height, ratePermille);
    out.number(latencyMillis);
    out.number(positionMillis);
  }

  static Playback read(SlotReader in) {
    return new Playback(
        state(in.first()),
        state(in.second()),
        Ads.read(in),
        in.flag(),
        in.first(),
        in.second(),
        in.first(),
        in.second(),
        (int) in.number(),
        in.number());
  }

  private static @Nullable PlayerState state(int ordinal) {
    return ordinal < 0 ? null : STATES[ordinal];
  }

  /** Whether it shows advertisements, or waits for the next one of a break. */
  boolean ad() {
    return ads.any();
  }

  /** Whether it is on its way to something, and goes on when it is there. */
  private boolean waits() {
    return state == PlayerState.SEEKING || state == PlayerState.REBUFFERING;
  }

  /**
   * The playback after a report. Values that cannot be are as if they were not told, and so are
   * those of an advertisement's pictures.
   *
   * @param adsNow where the report finds it in advertisements
   * @param shown whether a picture of the content was shown before
   */
  Playback after(Facts facts, Ads adsNow, boolean shown) {
    boolean adNow = adsNow.any();
    PlayerState stateNow = state(facts, shown, ad() && !adNow);
    Playback next =
        new Playback(
            stateNow,
            resumed(stateNow),
            adsNow,
            facts.background() == null ? background : facts.background(),
            adNow ? bitrateKbps : within(facts.bitrateKbps(), MOST_KBPS, bitrateKbps),
            adNow ? topBitrateKbps : within(facts.topBitrateKbps(), MOST_KBPS, topBitrateKbps),
            adNow ? height : within(facts.height(), MOST_HEIGHT, height),
            rate(facts.playbackRate()),
            latency(facts.liveLatencyMillis()),
            stateNow == PlayerState.ASKED ? position(facts.positionMillis()) : -1);
    return next.equals(this) ? this : next;
  }

  /**
   * How long a player that was asked to play, and does not tell when it does, has played by the
   * place in the media where a report finds it: as long as takes what it has gone through since its
   * last report. -1: nothing says that it has.
   */
  long playedMillis(Facts facts) {
    Long position = facts.positionMillis();
    boolean jumps = facts.state() == PlayerState.SEEKING || facts.state() == PlayerState.ASKED;
    return state != PlayerState.ASKED
            || ad()
            || jumps
            || position == null
            || positionMillis < 0
            || position <= positionMillis
        ? -1
        : (position - positionMillis) * 1000 / Math.max(1, ratePermille);
  }

  /** The playback of one that turns out to play. */
  Playback playing() {
    return new Playback(
        PlayerState.PLAYING,
        null,
        ads,
        background,
        bitrateKbps,
        topBitrateKbps,
        height,
        ratePermille,
        latencyMillis,
        -1);
  }

  /**
   * @param leaves whether advertisements are over: what played were they, and what the content does
   *     is not known before it is told
   */
  private @Nullable PlayerState state(Facts facts, boolean shown, boolean leaves) {
    PlayerState told = facts.fatal() ? PlayerState.FAILED : facts.state();
    if (told == null) {
      return leaves && !shown && state == PlayerState.PLAYING ? PlayerState.STARTING : state;
    }
    return switch (told) {
      case ASKED -> shown ? PlayerState.PLAYING : told;
      case RESUMED -> state != null && !waits() ? state : resumed == null ? PLAYS : resumed;
      default -> told;
    };
  }

  private @Nullable PlayerState resumed(@Nullable PlayerState now) {
    if (now != PlayerState.SEEKING && now != PlayerState.REBUFFERING) {
      return null;
    }
    return waits() || state == null || state.isFinal() ? resumed : state;
  }

  private long position(@Nullable Long told) {
    return told == null || told < 0 ? positionMillis : told;
  }

  /** What is left of it when other content begins. */
  Playback forNextView() {
    return new Playback(null, null, Ads.NONE, background, 0, 0, 0, 1000, -1, -1);
  }

  private static int within(@Nullable Integer told, int most, int before) {
    return told == null || told <= 0 || told > most ? before : told;
  }

  /** Players tell a rate of 0 when they do not play, which is said by the state. */
  private int rate(@Nullable Double told) {
    return told == null || !(told > 0) || told > MOST_RATE
        ? ratePermille
        : (int) Math.round(told * 1000);
  }

  private int latency(@Nullable Long told) {
    return told == null || told < 0 || told > MOST_LATENCY_MILLIS ? latencyMillis : told.intValue();
  }
}
