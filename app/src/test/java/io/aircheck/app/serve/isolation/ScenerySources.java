package io.aircheck.app.serve.isolation;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSourceFactory;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.Track;
import io.aircheck.testkit.TestFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Small live scenes for tests with processes, which find them on the class path: {@code scenery://
 * 127.0.0.1/grey}, {@code .../dark}, and {@code .../deadly}, which ends its process after a second.
 */
public final class ScenerySources implements MediaSourceFactory {
  private static final int PICTURE_MILLIS = 40;
  private static final int DEADLY_PICTURES = 25;

  @Override
  public Set<String> schemes() {
    return Set.of("scenery");
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public String unavailableReason() {
    return "";
  }

  @Override
  public List<String> renditions(SourceRequest request) throws MediaException {
    request.addresses().require(request.uri());
    return List.of();
  }

  @Override
  public MediaSource open(SourceRequest request) throws MediaException {
    request.addresses().require(request.uri());
    return new Scene(request);
  }

  private static final class Scene implements MediaSource {
    private final String name;
    private final MediaInfo info;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long ptsMicros;
    private int pictures;

    Scene(SourceRequest request) {
      name = request.uri().substring(request.uri().lastIndexOf('/') + 1);
      ptsMicros = request.originMicros();
      info =
          new MediaInfo(
              request.uri(),
              "scenery",
              OptionalLong.empty(),
              true,
              Optional.empty(),
              List.of(Track.video("video:0", "h264", 64, 64, 25)));
    }

    @Override
    public MediaInfo info() {
      return info;
    }

    @Override
    public MediaEvent next() throws MediaException {
      if (pictures++ == 0) {
        return new MediaEvent.FormatChange(info, ptsMicros);
      }
      if (name.equals("deadly") && pictures > DEADLY_PICTURES) {
        System.err.println("the scene is deadly");
        Runtime.getRuntime().halt(42);
      }
      try {
        if (closed.await(PICTURE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new MediaException(MediaException.Reason.DISCONNECTED, "closed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MediaException(MediaException.Reason.DISCONNECTED, "interrupted", e);
      }
      ptsMicros += PICTURE_MILLIS * 1000L;
      int level = name.equals("dark") ? 16 : 100 + pictures % 50;
      return new MediaEvent.Video(
          TestFrame.grey(64, 64, level).at(ptsMicros, PICTURE_MILLIS * 1000));
    }

    /** A "clip" that tells the process that made it. */
    @Override
    public Optional<PacketRecording> recording() {
      return Optional.of(
          (from, to, file) -> {
            String text = "pid " + ProcessHandle.current().pid() + " " + "x".repeat(600_000);
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            return true;
          });
    }

    @Override
    public OptionalLong waitedNanos() {
      return OptionalLong.empty();
    }

    @Override
    public String position() {
      return "";
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
