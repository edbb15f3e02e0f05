package io.aircheck.app.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.media.Track;
import io.aircheck.faults.inject.InjectedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes ground truth in the label format, see {@code docs/labels.md}. */
final class Labels {
  private Labels() {}

  /** An HLS output, whose labels lie in its folder. */
  record Hls(Path folder) {}

  /**
   * Writes the labels of one clip.
   *
   * @return the file
   */
  static Path write(
      Path output,
      String container,
      Transcoder.Written written,
      List<InjectedEvent> events,
      @Nullable Hls hls)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    ObjectNode clip = root.putArray("clips").addObject();
    clip.put("file", hls == null ? output.getFileName().toString() : "./");
    clip.put("kind", events.isEmpty() ? "neg_clean" : events.getFirst().kind());
    clip.put("container", container);
    clip.put("duration_s", written.durationMicros() / 1e6);
    Track video = written.video();
    if (video != null) {
      clip.put("fps", Double.toString(video.frameRate()));
      clip.put("width", video.width());
      clip.put("height", video.height());
    }
    var list = clip.putArray("events");
    for (InjectedEvent event : events) {
      ObjectNode node = list.addObject();
      node.put("kind", event.kind());
      node.put("start", event.startSeconds());
      node.put("end", event.endSeconds());
      node.set("params", json.valueToTree(event.parameters()));
    }
    clip.putObject("natural");
    Path file =
        hls == null
            ? output.resolveSibling(output.getFileName() + ".labels.json")
            : hls.folder().resolve("labels.json");
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    return file;
  }
}
