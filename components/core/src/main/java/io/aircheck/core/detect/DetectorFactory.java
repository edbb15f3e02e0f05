package io.aircheck.core.detect;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
   * Whether it belongs to every watching of a stream, whatever else is looked for: it tells whether
   * the stream is there and whole, from events and hardly any work, and looks at no programme.
   */
  default boolean belongsToEveryWatching() {
    return Stream.of("stream.", "transport.", "manifest.", "splice.").anyMatch(kind()::startsWith);
  }

  /**
   * Whether it may be spared pictures when the machine is too slow for all pictures of a live
   * input. Each picture that it does see comes with the one before it in the stream, as ever, and
   * lasts until the next one that it sees. Not for detectors that watch the timing of pictures.
   */
  default boolean mayMissPictures() {
    return kind().startsWith("video.");
  }

  /** What becomes of a detector while only key pictures of a rendition are decoded. */
  enum WithKeyPictures {
    /**
     * Works on: pictures are no more to it than a sign of life. It is shown the key pictures, and
     * told of the others by {@link io.aircheck.core.media.MediaEvent.Undecoded}.
     */
    WORKS,

    /**
     * Is left out, as below; an instance of its own is shown the key pictures alone meanwhile, each
     * of which then lasts until the next one. What that one finds is a suspicion and no finding.
     */
    SUSPECTS,

    /**
     * Is left out: shown no pictures, and told of a discontinuity before and after. Pictures that
     * are decoded after all ({@link io.aircheck.core.media.MediaEvent.Late}) it is shown then, so
     * that they can be older than sound and events that it has been told of.
     */
    LEFT_OUT
  }

  /** What becomes of it while only key pictures are decoded. */
  default WithKeyPictures withKeyPictures() {
    String kind = kind();
    boolean looks = fingerprints() || kind.startsWith("video.") || kind.startsWith("sync.");
    return looks ? WithKeyPictures.LEFT_OUT : WithKeyPictures.WORKS;
  }

  /** A detector for one stream with checked options. */
  Detector create(Options options);
}
