package io.aircheck.detectors.sound.channel;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.sound.Decibels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One channel and whether it is lost. Only time in which the partners are active counts towards the
 * duration: while they pause, too, nothing can be said.
 */
final class WatchedChannel {
  private static final String LEVEL = "levelDbfs";
  private static final String PARTNER_LEVEL = "partnerLevelDbfs";

  /** A click or the ringing of a codec this short does not end a loss. */
  private static final long BRIDGED_MICROS = 30_000;

  /** A channel that was active for this long has carried programme. */
  private static final long CARRIED_MICROS = 500_000;

  private final List<Integer> partners;
  private final int index;
  private final ChannelRole role;
  private final double thresholdDbfs;
  private final double activeDbfs;
  private final long minDurationMicros;
  private final long neverActiveMinDurationMicros;
  private final Condition condition;

  private long carriedMicros;
  private boolean dead;
  private long deadStartMicros;
  private long deadEndMicros;
  private long evidenceMicros;
  private boolean carriedBefore;
  private double levelSum;
  private double partnerPeak = Decibels.FLOOR;

  WatchedChannel(
      String track, int index, ChannelRole role, List<Integer> partners, Options options) {
    this.index = index;
    this.role = role;
    this.partners = partners;
    thresholdDbfs = options.get("thresholdDbfs");
    activeDbfs = options.get("activeDbfs");
    boolean front = role == ChannelRole.LEFT || role == ChannelRole.RIGHT;
    minDurationMicros = options.micros(front ? "minDurationSeconds" : "restMinDurationSeconds");
    neverActiveMinDurationMicros =
        front ? options.micros("neverActiveMinDurationSeconds") : Long.MAX_VALUE;
    condition =
        new Condition(
            Kinds.AUDIO_CHANNEL_LOSS,
            track + "/" + role.label(),
            new Condition.Timing(0, BRIDGED_MICROS),
            this::assess,
            new Condition.Measurement(LEVEL, Condition.Aggregate.MEAN),
            new Condition.Measurement(PARTNER_LEVEL, Condition.Aggregate.MAX));
  }

  /**
   * The next ten milliseconds.
   *
   * @param levels level of each channel of the track in dBFS
   */
  void block(long fromMicros, long toMicros, double[] levels, ObservationSink out) {
    double level = levels[index];
    if (level >= thresholdDbfs) {
      if (level >= activeDbfs) {
        carriedMicros = Math.min(CARRIED_MICROS, carriedMicros + toMicros - fromMicros);
      }
      condition.update(fromMicros, toMicros, false, out);
      return;
    }
    if (dead && fromMicros - deadEndMicros > BRIDGED_MICROS) {
      dead = false;
    }
    if (!dead) {
      begin(fromMicros);
    }
    deadEndMicros = toMicros;
    double partner = Decibels.FLOOR;
    for (int i = 0; i < partners.size(); i++) {
      partner = Math.max(partner, levels[partners.get(i)]);
    }
    if (partner >= activeDbfs) {
      long micros = toMicros - fromMicros;
      evidenceMicros += micros;
      levelSum += level * micros;
      partnerPeak = Math.max(partnerPeak, partner);
    }
    if (condition.isOpen()) {
      condition.update(fromMicros, toMicros, true, out, level, partner);
    } else if (evidenceMicros > 0
        && evidenceMicros >= (carriedBefore ? minDurationMicros : neverActiveMinDurationMicros)) {
      condition.update(
          deadStartMicros, toMicros, true, out, levelSum / evidenceMicros, partnerPeak);
    }
  }

  private void begin(long fromMicros) {
    dead = true;
    deadStartMicros = fromMicros;
    evidenceMicros = 0;
    carriedBefore = carriedMicros >= CARRIED_MICROS;
    levelSum = 0;
    partnerPeak = Decibels.FLOOR;
  }

  private Condition.Assessment assess(long durationMicros, Map<String, Double> measurements) {
    boolean front = role == ChannelRole.LEFT || role == ChannelRole.RIGHT;
    return new Condition.Assessment(
        carriedBefore && front ? Severity.ERROR : Severity.WARNING,
        carriedBefore ? (front ? 0.95 : 0.6) : 0.7,
        String.format(
            Locale.ROOT,
            carriedBefore
                ? "Channel %s lost for %.1f s, its partner at up to %.0f dBFS"
                : "Channel %s without signal for %.1f s since the sound began, its partner at up to"
                    + " %.0f dBFS",
            role.label(),
            durationMicros / 1e6,
            measurements.getOrDefault(PARTNER_LEVEL, Decibels.FLOOR)));
  }

  /** Sound ends here: closes what is open. */
  void end(ObservationSink out) {
    condition.end(out);
    dead = false;
  }

  void snapshot(DataOutput state) throws IOException {
    condition.snapshot(state);
    state.writeLong(carriedMicros);
    state.writeBoolean(dead);
    state.writeLong(deadStartMicros);
    state.writeLong(deadEndMicros);
    state.writeLong(evidenceMicros);
    state.writeBoolean(carriedBefore);
    state.writeDouble(levelSum);
    state.writeDouble(partnerPeak);
  }

  void restore(DataInput state) throws IOException {
    condition.restore(state);
    carriedMicros = state.readLong();
    dead = state.readBoolean();
    deadStartMicros = state.readLong();
    deadEndMicros = state.readLong();
    evidenceMicros = state.readLong();
    carriedBefore = state.readBoolean();
    levelSum = state.readDouble();
    partnerPeak = state.readDouble();
  }
}
