package io.aircheck.app.serve.streams;

import io.aircheck.app.serve.settings.Schedule;
import io.aircheck.app.serve.settings.StreamSettings;
import io.aircheck.app.serve.streams.WatchedStream.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams as a file declares them that says no more than where they are. */
public final class TestStreams {
  private TestStreams() {}

  /** One without a schedule. */
  public static WatchedStream stream(String id) {
    return stream(id, Optional.empty());
  }

  static WatchedStream stream(String id, Optional<Schedule> schedule) {
    return new WatchedStream(
        new StreamSettings(
            id,
            "http://127.0.0.1/" + id,
            Optional.empty(),
            "default",
            StreamSettings.DEFAULT_PRIORITY,
            Map.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            schedule,
            Optional.empty()),
        Origin.FILE,
        1);
  }
}
