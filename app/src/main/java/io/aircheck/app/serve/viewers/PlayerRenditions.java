package io.aircheck.app.serve.viewers;

import io.aircheck.app.serve.streams.StreamStatus;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.TrackType;
import io.aircheck.experience.exposure.Renditions;
import io.aircheck.experience.exposure.Renditions.Bitrates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How players tell the renditions of a ladder: its names are those of the monitor, players know the
 * height of the picture or the bitrate that the ladder declares.
 */
final class PlayerRenditions {
  /** Bitrates that players tell are off by no more than this factor. */
  private static final double SPREAD = 1.3;

  private static final double BITS_PER_KILOBIT = 1_000;

  private PlayerRenditions() {}

  /**
   * Some renditions as players tell them.
   *
   * @param some names of renditions; none: the input has but one
   * @param ladder all renditions that are watched
   * @param whole whether those are all that there are
   */
  static Renditions of(
      Collection<String> some, List<StreamStatus.Rendition> ladder, boolean whole) {
    if (some.isEmpty() || whole && isAll(some, ladder)) {
      return Renditions.ALL;
    }
    double[] declared =
        ladder.stream().flatMap(one -> kbps(one).stream()).mapToDouble(kbps -> kbps).toArray();
    Set<String> names = new HashSet<>(some);
    List<Bitrates> bitrates = new ArrayList<>();
    for (StreamStatus.Rendition one : ladder) {
      if (one.id() == null || !some.contains(one.id())) {
        continue;
      }
      Optional<Double> kbps = kbps(one);
      if (one.info().isPresent() && kbps.isEmpty()) {
        // Sound that several renditions share: who hears it is not told.
        return Renditions.ALL;
      }
      kbps.ifPresent(value -> bitrates.add(around(value, declared)));
      height(one).ifPresent(names::add);
    }
    return new Renditions(false, names, bitrates);
  }

  private static boolean isAll(Collection<String> some, List<StreamStatus.Rendition> ladder) {
    List<StreamStatus.Rendition> pictures =
        ladder.stream().filter(one -> one.info().isEmpty() || kbps(one).isPresent()).toList();
    return !pictures.isEmpty()
        && pictures.stream().allMatch(one -> one.id() == null || some.contains(one.id()));
  }

  /** Half the way to the neighbours, by the ratio, and no further than players are off. */
  private static Bitrates around(double kbps, double[] declared) {
    double below =
        Arrays.stream(declared).filter(other -> other < kbps).max().orElse(kbps / SPREAD / SPREAD);
    double above =
        Arrays.stream(declared).filter(other -> other > kbps).min().orElse(kbps * SPREAD * SPREAD);
    return new Bitrates(
        Math.max(kbps / SPREAD, Math.sqrt(below * kbps)),
        Math.min(kbps * SPREAD, Math.sqrt(above * kbps)));
  }

  private static Optional<Double> kbps(StreamStatus.Rendition one) {
    OptionalLong bandwidth = one.info().map(MediaInfo::bandwidth).orElse(OptionalLong.empty());
    return bandwidth.isEmpty()
        ? Optional.empty()
        : Optional.of(bandwidth.getAsLong() / BITS_PER_KILOBIT);
  }

  private static Optional<String> height(StreamStatus.Rendition one) {
    return one.info()
        .flatMap(info -> info.first(TrackType.VIDEO))
        .map(track -> track.height())
        .filter(height -> height > 0)
        .map(height -> height + "p");
  }
}
