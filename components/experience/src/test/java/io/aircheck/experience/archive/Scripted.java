package io.aircheck.experience.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What players of some hours send, by the second in which it comes. */
final class Scripted {
  /** Seconds in which anything comes. */
  static final int LENGTH = 3 * 3600;

  /** A body that comes. */
  record Sent(int second, String body) {}

  private final List<Sent> sent = new ArrayList<>();
  private final long startMillis;
  private final Random random;
  private int views;

  private Scripted(long startMillis, long seed) {
    this.startMillis = startMillis;
    this.random = new Random(seed);
  }

  /**
   * Players, some of which go on to other content, are silent for long, or send late what they
   * gathered.
   */
  static Scripted of(int players, long startMillis, long seed) {
    Scripted script = new Scripted(startMillis, seed);
    for (int player = 0; player < players; player++) {
      script.play(player);
    }
    script.sent.sort(Comparator.comparingInt(Sent::second));
    return script;
  }

  List<Sent> sent() {
    return sent;
  }

  /** How many views there are in truth. */
  int views() {
    return views;
  }

  private void play(int player) {
    int from = random.nextInt(3600);
    int to = Math.min(LENGTH, from + 600 + random.nextInt(9000));
    int silentFrom = from + random.nextInt(5400);
    int silentTo = player % 3 == 0 ? silentFrom + 1500 : silentFrom;
    int lateFrom = from + random.nextInt(5400);
    int lateTo = player % 4 == 1 ? lateFrom + 1200 : lateFrom;
    int otherFrom = player % 5 == 2 ? from + (to - from) / 2 : Integer.MAX_VALUE;
    views += otherFrom == Integer.MAX_VALUE ? 1 : 2;
    int sequence = 0;
    for (int at = from; at < to; at += 10) {
      if (at >= silentFrom && at < silentTo) {
        continue;
      }
      String state = at == from ? "starting" : random.nextInt(20) == 0 ? "rebuffering" : "playing";
      if (player % 2 == 0 && at + 10 >= to) {
        state = "quit";
      }
      String body =
          String.format(
              Locale.ROOT,
              "{\"session\":\"player-%d\",\"sequence\":%d,\"time\":%d,\"state\":\"%s\","
                  + "\"content\":\"channel-%d\",\"bitrateKbps\":%d,\"liveLatencyMillis\":%d,"
                  + "\"attributes\":{\"cdn\":\"%s\"}}",
              player,
              sequence++,
              startMillis + at * 1000L,
              state,
              at >= otherFrom ? 9 : player % 4,
              3000 + 100 * random.nextInt(10),
              3000 + random.nextInt(4000),
              player % 2 == 0 ? "north" : "south");
      sent.add(new Sent(at >= lateFrom && at < lateTo ? lateTo : at, body));
    }
  }
}
