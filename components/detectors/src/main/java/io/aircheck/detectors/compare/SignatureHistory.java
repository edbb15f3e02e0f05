package io.aircheck.detectors.compare;

import io.aircheck.core.observe.Fingerprint;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The signatures of the last minute at one point: first video and first audio track. Immutable and
 * bounded: {@value #KEEP_MICROS} microseconds of media time, and {@value #MOST_BATCHES}
 * fingerprints of each type.
 */
record SignatureHistory(List<Fingerprint> pictures, List<Fingerprint> sounds)
    implements Serializable {
  /** How long signatures are kept: the longest delay between two points that can be found. */
  static final long KEEP_MICROS = 60_000_000;

  /** More fingerprints than a minute of media makes at 120 pictures per second. */
  static final int MOST_BATCHES = 256;

  static final SignatureHistory EMPTY = new SignatureHistory(List.of(), List.of());

  SignatureHistory {
    pictures = List.copyOf(pictures);
    sounds = List.copyOf(sounds);
  }

  /** The history with a fingerprint more, if it is one of those compared. */
  SignatureHistory with(Fingerprint fingerprint) {
    return switch (fingerprint.scheme()) {
      case PictureSignature.SCHEME -> new SignatureHistory(append(pictures, fingerprint), sounds);
      case SoundSignature.SCHEME -> new SignatureHistory(pictures, append(sounds, fingerprint));
      default -> this;
    };
  }

  /** Media time up to which pictures are known; 0 without any. */
  long pictureEndMicros() {
    return pictures.isEmpty() ? 0 : pictureEnd(pictures.getLast());
  }

  /** Media time up to which sound is known; 0 without any. */
  long soundEndMicros() {
    return sounds.isEmpty() ? 0 : soundEnd(sounds.getLast());
  }

  private static List<Fingerprint> append(List<Fingerprint> list, Fingerprint added) {
    List<Fingerprint> result = new ArrayList<>(list.size() + 1);
    for (Fingerprint old : list) {
      // What does not lie before the new one belongs to a time line that was given up.
      if (old.ptsMicros() < added.ptsMicros()
          && added.ptsMicros() - old.ptsMicros() <= KEEP_MICROS) {
        result.add(old);
      }
    }
    result.add(added);
    return result.size() > MOST_BATCHES
        ? result.subList(result.size() - MOST_BATCHES, result.size())
        : result;
  }

  static long pictureEnd(Fingerprint fingerprint) {
    float[] values = fingerprint.values();
    return fingerprint.ptsMicros() + (long) values[values.length - PictureSignature.ROW];
  }

  private static long soundEnd(Fingerprint fingerprint) {
    return fingerprint.ptsMicros() + fingerprint.values().length * fingerprint.stepMicros();
  }
}
