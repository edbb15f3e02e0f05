package io.aircheck.deploy.isolated;

import io.aircheck.core.media.PacketRecording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a clip where the packets are, and sends it in parts. */
record ClipSender(ChildOutput out) {
  private static final int PART = 1 << 18;

  /**
   * Answers a request for a clip.
   *
   * @param recording what there is to make it of; null: nothing
   */
  void send(Message.Clip clip, @Nullable PacketRecording recording) {
    int request = clip.request();
    if (recording == null) {
      out.send(new Message.ClipEnd(request, false, Optional.empty()));
      return;
    }
    try {
      Path file = Files.createTempFile("aircheck-clip", ".mp4");
      try {
        boolean written = recording.write(clip.fromMicros(), clip.toMicros(), file);
        if (written) {
          parts(request, file);
        }
        out.send(new Message.ClipEnd(request, written, Optional.empty()));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException | RuntimeException e) {
      out.send(new Message.ClipEnd(request, false, Optional.of(String.valueOf(e.getMessage()))));
    }
  }

  private void parts(int request, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = in.readNBytes(PART);
      while (part.length > 0) {
        out.send(new Message.ClipPart(request, part));
        part = in.readNBytes(PART);
      }
    }
  }
}
