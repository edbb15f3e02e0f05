package io.aircheck.experience.engine;

import static io.aircheck.experience.report.ViewerReport.Facts.facts;

import io.aircheck.experience.report.PlayerState;
import io.aircheck.experience.report.ViewerReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reports of many sessions, by their arrival. */
final class Crowd {
  /** On a window of 10 s. */
  static final long START = 1_800_000_000_000L;

  private Crowd() {}

  /** Each begins within a minute, plays, stalls, pauses, and ends or just stays silent. */
  static List<ViewerReport> of(int sessions, long seed) {
    Random random = new Random(seed);
    List<ViewerReport> reports = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      reports.addAll(session("session " + i, i, random));
    }
    reports.sort(Comparator.comparingLong(ViewerReport::receivedMillis));
    return reports;
  }

  private static List<ViewerReport> session(String id, int number, Random random) {
    PlayerState[] middle = {
      PlayerState.PLAYING, PlayerState.PLAYING, PlayerState.REBUFFERING, PlayerState.PAUSED
    };
    List<ViewerReport> reports = new ArrayList<>();
    long at = random.nextInt(60_000);
    int count = 3 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      PlayerState state =
          i == 0
              ? PlayerState.STARTING
              : i == 1
                  ? PlayerState.PLAYING
                  : i == count - 1 && number % 3 == 0
                      ? PlayerState.QUIT
                      : middle[random.nextInt(middle.length)];
      reports.add(
          new ViewerReport(
              id,
              "events",
              i,
              START + at,
              START + at + 50 + random.nextInt(300),
              facts().state(state).content("channel-" + number % 4).bitrateKbps(3000).build(),
              Map.of("cdn", number % 2 == 0 ? "north" : "south")));
      at += 500 + random.nextInt(25_000);
    }
    return reports;
  }
}
