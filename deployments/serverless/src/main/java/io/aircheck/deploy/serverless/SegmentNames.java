package io.aircheck.deploy.serverless;

/**
 * Names of the objects of a stream or of one of its inputs. Pictures and sound are apart from all
 * else, since a bucket forgets by the beginnings of names.
 */
final class SegmentNames {
  private SegmentNames() {}

  /** What the names of the pictures and sound of one segment begin with. */
  static String media(String prefix, int number) {
    return "media/" + folder(prefix, number);
  }

  /** What a segment holds, see {@link Segment}. */
  static String manifest(String prefix, int number) {
    return "watch/" + folder(prefix, number) + "/segment.json";
  }

  /** What the next conversion of the input goes on from. */
  static String converter(String prefix, int number) {
    return "watch/" + folder(prefix, number) + "/converter.state";
  }

  /** What the next look of a detector goes on from. */
  static String detector(String prefix, int number, String kind) {
    return "watch/" + folder(prefix, number) + "/" + kind + ".state";
  }

  /** What a detector observed, see {@link Calls.Observed}. */
  static String observed(String prefix, int number, String kind) {
    return "watch/" + folder(prefix, number) + "/" + kind + ".observed.json";
  }

  /** What came of a segment of a stream, see {@link FoldedSegment}. */
  static String folded(String prefix, int number) {
    return "watch/" + folder(prefix, number) + "/folded.json";
  }

  /** Where the folds of a stream stand, see {@link FoldState}. */
  static String folds(String prefix) {
    return "watch/" + prefix + "/folds.json";
  }

  private static String folder(String prefix, int number) {
    return "%s/%06d".formatted(prefix, number);
  }
}
