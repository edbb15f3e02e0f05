package io.aircheck.core.detect;

import java.util.List;
import java.util.Set;

/**
 * Describes a detector and creates it. Stateless and thread-safe; the catalogue of a component
 * lists one instance per detector.
 */
public interface DetectorFactory {

  /** The kind that names the detector on the command line and in reports: its main finding. */
  String kind();

  /**
   * Every kind of finding that it can report, or that its fingerprints can lead to; contains {@link
   * #kind()}.
   */
  default Set<String> kinds() {
    return Set.of(kind());
  }

  /** Goes up whenever the same media can give other findings. */
  String version();

  /** One sentence: what a viewer sees or hears. */
  String summary();

  /** What can be tuned. */
  List<OptionSpec> options();

  /**
   * Whether it takes fingerprints for comparing two points of a programme; of all detectors only
   * these look at a reference.
   */
  default boolean fingerprints() {
    return false;
  }

  /**
   * Whether it may be spared pictures when the machine is too slow for all pictures of a live
   * input. Each picture that it does see comes with the one before it in the stream, as ever, and
   * lasts until the next one that it sees. Not for detectors that watch the timing of pictures.
   */
  default boolean mayMissPictures() {
    return kind().startsWith("video.");
  }

  /**
   * Whether key pictures are enough for it, each of which then lasts until the next one; sound it
   * is given all the same, and {@link io.aircheck.core.media.MediaEvent.Undecoded} for the other
   * pictures. Others are shown no pictures while a rendition is watched so, and told of a
   * discontinuity before and after.
   */
  default boolean contentWithKeyPictures() {
    String kind = kind();
    return !fingerprints() && !kind.startsWith("video.") && !kind.startsWith("sync.");
  }

  /** A detector for one stream with checked options. */
  Detector create(Options options);
}
