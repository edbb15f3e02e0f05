package io.aircheck.detectors.picture;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.picture.PictureAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A detector that looks at each video track by itself: keeps a {@link TrackMonitor} per track, and
 * cuts its history where the track ends, changes its format, jumps or has a gap.
 *
 * @param <M> what it knows of a track
 */
public class PictureDetector<M extends TrackMonitor> implements Detector {
  private final Function<String, M> monitorOfTrack;
  private final TreeMap<String, M> monitors = new TreeMap<>();
  private Map<String, Track> tracks = Map.of();

  /**
   * @param monitorOfTrack makes the monitor of a track from its id
   */
  public PictureDetector(Function<String, M> monitorOfTrack) {
    this.monitorOfTrack = monitorOfTrack;
  }

  /** The monitors of the tracks seen so far. */
  protected final Iterable<M> monitors() {
    return monitors.values();
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    Map<String, Track> now = new HashMap<>();
    for (Track track : info.tracks()) {
      if (track.type() == TrackType.VIDEO) {
        now.put(track.id(), track);
      }
    }
    monitors.forEach(
        (id, monitor) -> {
          Track track = now.get(id);
          if (track == null || !track.equals(tracks.get(id))) {
            monitor.cut(out);
          }
        });
    tracks = now;
  }

  @Override
  public void onFrame(FrameView frame, PictureAnalysis analysis, ObservationSink out) {
    monitors.computeIfAbsent(frame.trackId(), monitorOfTrack).onFrame(frame, analysis, out);
  }

  @Override
  public void onEvent(MediaEvent event, ObservationSink out) {
    switch (event) {
      case MediaEvent.Discontinuity discontinuity -> cut(discontinuity.trackId(), out);
      case MediaEvent.Gap gap -> cut(gap.trackId(), out);
      case MediaEvent.Unavailable unavailable -> cut(null, out);
      default -> {}
    }
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    cut(null, out);
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeInt(monitors.size());
    for (Map.Entry<String, M> entry : monitors.entrySet()) {
      state.writeUTF(entry.getKey());
      entry.getValue().snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    int count = state.readInt();
    for (int i = 0; i < count; i++) {
      String track = state.readUTF();
      M monitor = monitorOfTrack.apply(track);
      monitor.restore(state);
      monitors.put(track, monitor);
    }
  }

  private void cut(@Nullable String trackId, ObservationSink out) {
    monitors.forEach(
        (id, monitor) -> {
          if (trackId == null || trackId.equals(id)) {
            monitor.cut(out);
          }
        });
  }
}
