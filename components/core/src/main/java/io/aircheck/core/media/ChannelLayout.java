package io.aircheck.core.media;

import static io.aircheck.core.media.ChannelRole.CENTRE;
import static io.aircheck.core.media.ChannelRole.LEFT;
import static io.aircheck.core.media.ChannelRole.LEFT_BACK;
import static io.aircheck.core.media.ChannelRole.LEFT_SURROUND;
import static io.aircheck.core.media.ChannelRole.LFE;
import static io.aircheck.core.media.ChannelRole.OTHER;
import static io.aircheck.core.media.ChannelRole.RIGHT;
import static io.aircheck.core.media.ChannelRole.RIGHT_BACK;
import static io.aircheck.core.media.ChannelRole.RIGHT_SURROUND;

import java.util.Collections;
import java.util.List;

/**
 * Roles of the audio channels in sample order.
 *
 * @param roles one role per channel
 */
public record ChannelLayout(List<ChannelRole> roles) {
  public static final ChannelLayout NONE = new ChannelLayout(List.of());
  public static final ChannelLayout MONO = new ChannelLayout(List.of(ChannelRole.MONO));
  public static final ChannelLayout STEREO = new ChannelLayout(List.of(LEFT, RIGHT));
  public static final ChannelLayout SURROUND_5_1 =
      new ChannelLayout(List.of(LEFT, RIGHT, CENTRE, LFE, LEFT_SURROUND, RIGHT_SURROUND));
  public static final ChannelLayout SURROUND_7_1 =
      new ChannelLayout(
          List.of(LEFT, RIGHT, CENTRE, LFE, LEFT_BACK, RIGHT_BACK, LEFT_SURROUND, RIGHT_SURROUND));

  public ChannelLayout {
    roles = List.copyOf(roles);
  }

  /**
   * The usual layout for a channel count; channels without a usual role are {@link
   * ChannelRole#OTHER}.
   */
  public static ChannelLayout ofCount(int channels) {
    return switch (channels) {
      case 0 -> NONE;
      case 1 -> MONO;
      case 2 -> STEREO;
      case 6 -> SURROUND_5_1;
      case 8 -> SURROUND_7_1;
      default -> new ChannelLayout(Collections.nCopies(channels, OTHER));
    };
  }

  /** Number of channels. */
  public int size() {
    return roles.size();
  }
}
