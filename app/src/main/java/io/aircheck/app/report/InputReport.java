package io.aircheck.app.report;

import io.aircheck.core.media.Track;
import io.aircheck.core.observe.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one input.
 *
 * @param uri the input with secrets removed
 * @param container short container name, or empty when it could not be opened
 * @param durationSeconds length, seconds
 * @param tracks tracks, of all renditions
 * @param findings sorted by start, then kind
 * @param analysis what the analysis did
 * @param error why the input could not be analysed, or not to its end; one line
 * @param opened whether anything of it could be decoded
 * @param compared whether anything of the reference could be decoded; true without a reference
 * @param illustrations what only the page shows
 */
public record InputReport(
    String uri,
    String container,
    double durationSeconds,
    List<RenditionTrack> tracks,
    List<Finding> findings,
    Analysis analysis,
    Optional<String> error,
    boolean opened,
    boolean compared,
    Illustrations illustrations) {

  public InputReport {
    tracks = List.copyOf(tracks);
    findings = List.copyOf(findings);
  }

  /** Whether everything that was to be looked at could be. */
  public boolean complete() {
    return opened && compared;
  }

  /** The same under another name of the input: one that says more than where it was kept. */
  public InputReport called(String name) {
    return new InputReport(
        name,
        container,
        durationSeconds,
        tracks,
        findings,
        analysis,
        error.map(text -> text.replace(uri, name)),
        opened,
        compared,
        illustrations);
  }

  /** A track and the rendition that it belongs to, or null where there is none. */
  public record RenditionTrack(@Nullable String rendition, Track track) {}

  /**
   * What the analysis did.
   *
   * @param videoFrames pictures decoded, over all renditions
   * @param audioSeconds sound decoded, over all renditions
   * @param skippedFrames pictures that no detector saw
   * @param wallSeconds time it took
   * @param cpuSeconds processor time that the process used meanwhile
   * @param detectors what ran
   * @param detectorFailures message by kind of detectors that failed
   */
  public record Analysis(
      long videoFrames,
      double audioSeconds,
      long skippedFrames,
      double wallSeconds,
      double cpuSeconds,
      List<DetectorVersion> detectors,
      Map<String, String> detectorFailures) {}

  /** A detector and its version. */
  public record DetectorVersion(String kind, String version) {}
}
