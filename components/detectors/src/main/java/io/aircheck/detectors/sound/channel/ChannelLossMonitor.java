package io.aircheck.detectors.sound.channel;

import io.aircheck.core.detect.Options;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.sound.Decibels;
import io.aircheck.detectors.sound.SoundDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches each channel of a track against the channels that carry the same scene: left and right
 * against each other, and so the surround and back pairs; the centre against left and right. The
 * effects channel rests by nature, and channels of unknown role may be anything.
 */
final class ChannelLossMonitor implements SoundDetector.TrackMonitor {
  private final String track;
  private final Options options;
  private final List<WatchedChannel> watched = new ArrayList<>();

  /** Levels of the present block, one for each channel. */
  private double[] levels = new double[0];

  ChannelLossMonitor(String track, Options options) {
    this.track = track;
    this.options = options;
  }

  @Override
  public void start(int sampleRate, ChannelLayout layout) {
    watched.clear();
    levels = new double[layout.size()];
    List<ChannelRole> roles = layout.roles();
    for (int c = 0; c < roles.size(); c++) {
      List<Integer> partners =
          partners(roles.get(c)).stream().map(roles::indexOf).filter(i -> i >= 0).toList();
      if (!partners.isEmpty()) {
        watched.add(new WatchedChannel(track, c, roles.get(c), partners, options));
      }
    }
  }

  private static List<ChannelRole> partners(ChannelRole role) {
    return switch (role) {
      case LEFT -> List.of(ChannelRole.RIGHT);
      case RIGHT -> List.of(ChannelRole.LEFT);
      case CENTRE -> List.of(ChannelRole.LEFT, ChannelRole.RIGHT);
      case LEFT_SURROUND -> List.of(ChannelRole.RIGHT_SURROUND);
      case RIGHT_SURROUND -> List.of(ChannelRole.LEFT_SURROUND);
      case LEFT_BACK -> List.of(ChannelRole.RIGHT_BACK);
      case RIGHT_BACK -> List.of(ChannelRole.LEFT_BACK);
      case LFE, BACK_CENTRE, MONO, OTHER -> List.of();
    };
  }

  @Override
  public void block(SoundBlock block, ObservationSink out) {
    for (int c = 0; c < levels.length; c++) {
      levels[c] = Decibels.ofPower(block.weightedPower(c));
    }
    for (WatchedChannel channel : watched) {
      channel.block(block.startMicros(), block.endMicros(), levels, out);
    }
  }

  @Override
  public void end(ObservationSink out) {
    for (WatchedChannel channel : watched) {
      channel.end(out);
    }
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    for (WatchedChannel channel : watched) {
      channel.snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    for (WatchedChannel channel : watched) {
      channel.restore(state);
    }
  }
}
