package io.aircheck.app.cost.measure.share;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.ChannelRole;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is known of an input, as bytes. */
final class InfoWire {
  private static final ChannelRole[] ROLES = ChannelRole.values();
  private static final TrackType[] TYPES = TrackType.values();

  private InfoWire() {}

  static void write(MediaInfo info, DataOutput out) throws IOException {
    out.writeUTF(info.uri());
    out.writeUTF(info.container());
    out.writeLong(info.durationMicros().orElse(-1));
    out.writeBoolean(info.live());
    out.writeUTF(info.rendition().orElse(""));
    out.writeLong(info.bandwidth().orElse(-1));
    out.writeByte(info.tracks().size());
    for (Track track : info.tracks()) {
      out.writeUTF(track.id());
      out.writeByte(track.type().ordinal());
      out.writeUTF(track.codec());
      out.writeInt(track.width());
      out.writeInt(track.height());
      out.writeDouble(track.frameRate());
      out.writeInt(track.sampleRate());
      write(track.channelLayout(), out);
      String language = track.language();
      out.writeUTF(language == null ? "" : language);
    }
  }

  static void write(ChannelLayout layout, DataOutput out) throws IOException {
    out.writeByte(layout.size());
    for (ChannelRole role : layout.roles()) {
      out.writeByte(role.ordinal());
    }
  }

  static MediaInfo read(DataInput in) throws IOException {
    String uri = in.readUTF();
    String container = in.readUTF();
    long duration = in.readLong();
    boolean live = in.readBoolean();
    String rendition = in.readUTF();
    long bandwidth = in.readLong();
    int count = in.readUnsignedByte();
    List<Track> tracks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tracks.add(
          new Track(
              in.readUTF(),
              TYPES[in.readUnsignedByte()],
              in.readUTF(),
              in.readInt(),
              in.readInt(),
              in.readDouble(),
              in.readInt(),
              readLayout(in),
              emptyAsNull(in.readUTF())));
    }
    return new MediaInfo(
        uri,
        container,
        negativeAsEmpty(duration),
        live,
        rendition.isEmpty() ? Optional.empty() : Optional.of(rendition),
        negativeAsEmpty(bandwidth),
        tracks);
  }

  static ChannelLayout readLayout(DataInput in) throws IOException {
    int size = in.readUnsignedByte();
    List<ChannelRole> roles = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      roles.add(ROLES[in.readUnsignedByte()]);
    }
    return new ChannelLayout(roles);
  }

  private static OptionalLong negativeAsEmpty(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static @Nullable String emptyAsNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
