package io.aircheck.app.demo;

import io.aircheck.app.demo.DemoFault.Type;
import java.util.List;
import java.util.Map;

/**
 * A stream of the demo.
 *
 * @param id its id in the service
 * @param name what people call it
 * @param labels as of any stream
 * @param seed tells scenes apart
 * @param rungs its renditions, the highest first
 * @param schedule what is wrong with it when, once its faults are begun
 */
record Programme(
    String id,
    String name,
    Map<String, String> labels,
    long seed,
    List<Rung> rungs,
    FaultSchedule schedule) {

  /**
   * Length of a round, in whole segments: the last fault, what it takes to find it, and until
   * viewers are well again for as long as they were before.
   */
  static final double ROUND_SECONDS = 200;

  Programme {
    labels = Map.copyOf(labels);
    rungs = List.copyOf(rungs);
  }

  /** Where something is wrong with it, for people; a rendition is named where there are several. */
  String where(String rendition) {
    return rungs.size() > 1 && !rendition.isEmpty() ? id + " " + rendition : id;
  }

  /**
   * A ladder with each fault as close together as they can be told apart, a second stream that
   * fails once meanwhile, and one that is well.
   */
  static List<Programme> standard() {
    return List.of(
        new Programme(
            "landscapes",
            "Landscapes",
            Map.of("origin", "a"),
            1,
            Rung.BOTH,
            FaultSchedule.every(
                ROUND_SECONDS,
                List.of(
                    new DemoFault(Type.BLACK_RENDITION, 2, 6),
                    new DemoFault(Type.FREEZE, 10, 4),
                    new DemoFault(Type.SILENCE, 18, 4),
                    new DemoFault(Type.PACKET_LOSS, 32, 2),
                    new DemoFault(Type.OTHER_PROGRAMME, 38, 26),
                    // What viewers wait for comes after the CDN that is late: what is usual
                    // for them is learnt before it, and has no such stalls.
                    new DemoFault(Type.MISSING_SEGMENT, 116, 2),
                    // Last, since it empties every player: what is compared has to find its place.
                    new DemoFault(Type.STALE_PLAYLIST, 130, 12)))),
        new Programme(
            "journey",
            "Journey",
            Map.of("origin", "a"),
            11,
            List.of(Rung.LOW),
            FaultSchedule.every(ROUND_SECONDS, List.of(new DemoFault(Type.BLACK, 46, 6)))),
        new Programme(
            "horizon",
            "Horizon",
            Map.of("origin", "b"),
            21,
            List.of(Rung.LOW),
            FaultSchedule.CLEAN));
  }
}
