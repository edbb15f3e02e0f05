package io.aircheck.app.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.aircheck.core.media.Track;
import io.aircheck.faults.inject.PlaylistDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with a master playlist, one rendition and, for faults of live streams, a schedule. */
final class HlsOutput {
  private static final int SEGMENT_SECONDS = 2;
  private static final String MASTER = "master.m3u8";

  private final Path folder;
  private final Path mediaPlaylist;

  /**
   * @param output playlist to write; one named {@code master.m3u8} leads to {@code index.m3u8}
   */
  HlsOutput(Path output) {
    Path absolute = output.toAbsolutePath();
    folder = absolute.resolveSibling("").normalize();
    mediaPlaylist = absolute.endsWith(MASTER) ? absolute.resolveSibling("index.m3u8") : absolute;
  }

  Path folder() {
    return folder;
  }

  Path mediaPlaylist() {
    return mediaPlaylist;
  }

  Transcoder.Target target() {
    return new Transcoder.Target(
        mediaPlaylist,
        "hls",
        Map.of(
            "hls_time",
            Integer.toString(SEGMENT_SECONDS),
            "hls_playlist_type",
            "vod",
            "hls_segment_filename",
            folder.resolve("seg%03d.ts").toString()));
  }

  void writeMaster(Transcoder.Written written) throws IOException {
    Track video = written.video();
    String resolution = video == null ? "" : ",RESOLUTION=" + video.width() + "x" + video.height();
    Files.writeString(
        folder.resolve(MASTER),
        """
        #EXTM3U
        #EXT-X-VERSION:3
        #EXT-X-STREAM-INF:BANDWIDTH=%d%s
        %s
        """
            .formatted(bandwidth(written), resolution, mediaPlaylist.getFileName()));
  }

  /** Mean rate of the segments, with a tenth on top for their differences. */
  private long bandwidth(Transcoder.Written written) throws IOException {
    long bytes = 0;
    try (var files = Files.newDirectoryStream(folder, "seg*.ts")) {
      for (Path file : files) {
        bytes += Files.size(file);
      }
    }
    return Math.max(1, (long) (bytes * 8.8 / Math.max(1e-3, written.durationMicros() / 1e6)));
  }

  void writeSchedule(List<PlaylistDamage.Version> versions) throws IOException {
    if (versions.isEmpty()) {
      return;
    }
    ObjectMapper json = new ObjectMapper();
    ArrayNode schedule = json.createArrayNode();
    for (PlaylistDamage.Version version : versions) {
      schedule.addObject().put("t", version.fromSeconds()).put("playlist", version.playlist());
    }
    json.writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("live/schedule.json").toFile(), schedule);
  }
}
