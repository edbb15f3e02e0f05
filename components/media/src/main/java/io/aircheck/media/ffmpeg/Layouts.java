package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg's channel layouts as roles. */
final class Layouts {
  private Layouts() {}

  static ChannelLayout of(AVChannelLayout layout) {
    int count = layout.nb_channels();
    if (count == 1) {
      return ChannelLayout.MONO;
    }
    if (layout.order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
      return ChannelLayout.ofCount(count);
    }
    // With no side pair the back pair are the surrounds: 5.1 is written either way.
    boolean side =
        avutil.av_channel_layout_index_from_channel(layout, avutil.AV_CHAN_SIDE_LEFT) >= 0;
    List<ChannelRole> roles = new ArrayList<>(count);
    for (int c = 0; c < count; c++) {
      roles.add(role(avutil.av_channel_layout_channel_from_index(layout, c), side));
    }
    return new ChannelLayout(roles);
  }

  private static ChannelRole role(int channel, boolean side) {
    if (channel == avutil.AV_CHAN_FRONT_LEFT) {
      return ChannelRole.LEFT;
    } else if (channel == avutil.AV_CHAN_FRONT_RIGHT) {
      return ChannelRole.RIGHT;
    } else if (channel == avutil.AV_CHAN_FRONT_CENTER) {
      return ChannelRole.CENTRE;
    } else if (channel == avutil.AV_CHAN_LOW_FREQUENCY) {
      return ChannelRole.LFE;
    } else if (channel == avutil.AV_CHAN_SIDE_LEFT) {
      return ChannelRole.LEFT_SURROUND;
    } else if (channel == avutil.AV_CHAN_SIDE_RIGHT) {
      return ChannelRole.RIGHT_SURROUND;
    } else if (channel == avutil.AV_CHAN_BACK_LEFT) {
      return side ? ChannelRole.LEFT_BACK : ChannelRole.LEFT_SURROUND;
    } else if (channel == avutil.AV_CHAN_BACK_RIGHT) {
      return side ? ChannelRole.RIGHT_BACK : ChannelRole.RIGHT_SURROUND;
    } else if (channel == avutil.AV_CHAN_BACK_CENTER) {
      return ChannelRole.BACK_CENTRE;
    }
    return ChannelRole.OTHER;
  }

  /** Sets FFmpeg's layout to roles; roles that FFmpeg cannot tell leave the layout unspecified. */
  static void set(ChannelLayout layout, AVChannelLayout target) {
    if (layout.equals(ChannelLayout.SURROUND_5_1)) {
      avutil.av_channel_layout_from_mask(target, avutil.AV_CH_LAYOUT_5POINT1_BACK);
    } else if (layout.equals(ChannelLayout.SURROUND_7_1)) {
      avutil.av_channel_layout_from_mask(target, avutil.AV_CH_LAYOUT_7POINT1);
    } else {
      avutil.av_channel_layout_default(target, layout.size());
    }
  }
}
