package io.aircheck.core.incident;

import java.util.List;

/**
 * When the same defect on several streams is one incident of what they share.
 *
 * @param labels names of the labels that tell what streams share, such as {@code cdn}; those named
 *     first go first. Empty: nothing is grouped
 * @param minStreams so many streams at least, 2 or more
 * @param minShare so much of all streams with that label and value at least, 0..1
 * @param windowMillis within which their incidents opened
 */
public record GroupPolicy(List<String> labels, int minStreams, double minShare, long windowMillis) {

  /** Groups nothing. */
  public static final GroupPolicy NONE = new GroupPolicy(List.of(), 2, 1, 0);

  public GroupPolicy {
    labels = List.copyOf(labels);
    if (minStreams < 2 || !(minShare >= 0 && minShare <= 1) || windowMillis < 0) {
      throw new IllegalArgumentException(
          "no policy for groups: %d streams, share %s, window %d ms"
              .formatted(minStreams, minShare, windowMillis));
    }
  }
}
