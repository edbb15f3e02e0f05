package io.aircheck.detectors.stream;

import io.aircheck.core.detect.Condition;
import io.aircheck.core.observe.ObservationSink;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The same condition for each track on its own. */
final class TrackConditions {
  private final Function<String, Condition> factory;
  private final Map<String, Condition> byTrack = new LinkedHashMap<>();

  /**
   * @param factory makes the condition of a track id
   */
  TrackConditions(Function<String, Condition> factory) {
    this.factory = factory;
  }

  Condition of(String track) {
    return byTrack.computeIfAbsent(track, factory);
  }

  Collection<Condition> all() {
    return byTrack.values();
  }

  void end(ObservationSink out) {
    byTrack.values().forEach(condition -> condition.end(out));
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeInt(byTrack.size());
    for (Map.Entry<String, Condition> entry : byTrack.entrySet()) {
      state.writeUTF(entry.getKey());
      entry.getValue().snapshot(state);
    }
  }

  void restore(DataInput state) throws IOException {
    for (int i = state.readInt(); i > 0; i--) {
      of(state.readUTF()).restore(state);
    }
  }
}
