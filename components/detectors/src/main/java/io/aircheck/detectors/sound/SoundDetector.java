package io.aircheck.detectors.sound;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.sound.SoundBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A detector that watches each audio track for itself, block by block: keeps one {@link
 * TrackMonitor} per track and starts it anew after gaps and changes of format.
 */
public final class SoundDetector implements Detector {

  /** What a detector knows of one track. */
  public interface TrackMonitor {

    /** Forgets the history: sound begins, or goes on after a gap or in another format. */
    void start(int sampleRate, ChannelLayout layout);

    /** The next ten milliseconds. */
    void block(SoundBlock block, ObservationSink out);

    /** Closes whatever is open. */
    void end(ObservationSink out);

    void snapshot(DataOutput state) throws IOException;

    /** Takes over a state after {@link #start} with the format that the state was of. */
    void restore(DataInput state) throws IOException;
  }

  private static final class Entry {
    final TrackMonitor monitor;
    int sampleRate;
    ChannelLayout layout = ChannelLayout.NONE;

    Entry(TrackMonitor monitor) {
      this.monitor = monitor;
    }

    void start(int newSampleRate, ChannelLayout newLayout) {
      sampleRate = newSampleRate;
      layout = newLayout;
      monitor.start(newSampleRate, newLayout);
    }
  }

  private final int stateVersion;
  private final Function<String, TrackMonitor> monitors;
  private final Map<String, Entry> tracks = new TreeMap<>();

  /**
   * @param stateVersion goes up when the monitors' state changes its form
   * @param monitors makes the monitor of a track from its id
   */
  public SoundDetector(int stateVersion, Function<String, TrackMonitor> monitors) {
    this.stateVersion = stateVersion;
    this.monitors = monitors;
  }

  @Override
  public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {
    tracks.forEach(
        (id, entry) -> {
          if (info.tracks().stream().noneMatch(track -> track.id().equals(id))) {
            entry.monitor.end(out);
          }
        });
  }

  @Override
  public void onSound(SoundBlock block, ObservationSink out) {
    Entry entry = tracks.computeIfAbsent(block.trackId(), id -> new Entry(monitors.apply(id)));
    if (!block.continuous() || entry.sampleRate == 0) {
      entry.monitor.end(out);
      entry.start(block.sampleRate(), block.channelLayout());
    }
    entry.monitor.block(block, out);
  }

  @Override
  public void finish(long ptsMicros, ObservationSink out) {
    tracks.values().forEach(entry -> entry.monitor.end(out));
  }

  @Override
  public void snapshot(DataOutput state) throws IOException {
    state.writeByte(stateVersion);
    state.writeShort(tracks.size());
    for (Map.Entry<String, Entry> track : tracks.entrySet()) {
      Entry entry = track.getValue();
      state.writeUTF(track.getKey());
      state.writeInt(entry.sampleRate);
      state.writeByte(entry.layout.size());
      for (ChannelRole role : entry.layout.roles()) {
        state.writeByte(role.ordinal());
      }
      entry.monitor.snapshot(state);
    }
  }

  @Override
  public void restore(DataInput state) throws IOException {
    int version = state.readByte();
    if (version != stateVersion) {
      throw new IOException("detector state of version " + version + ", not " + stateVersion);
    }
    for (int count = state.readShort(); count > 0; count--) {
      String id = state.readUTF();
      Entry entry = new Entry(monitors.apply(id));
      int sampleRate = state.readInt();
      List<ChannelRole> roles = new ArrayList<>();
      for (int channels = state.readByte(); channels > 0; channels--) {
        roles.add(ChannelRole.values()[state.readByte()]);
      }
      entry.start(sampleRate, new ChannelLayout(roles));
      entry.monitor.restore(state);
      tracks.put(id, entry);
    }
  }
}
