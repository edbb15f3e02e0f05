package io.aircheck.app.serve.isolation;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.MediaSourceFactory;
import io.aircheck.core.media.PacketRecording;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.testkit.LiveScene;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Small live scenes for tests with processes, which find them on the class path: {@code scenery://
 * 127.0.0.1/grey}, {@code .../dark}, and {@code .../deadly}, which ends its process after a second.
 */
public final class ScenerySources implements MediaSourceFactory {
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

  private static final class Scene extends LiveScene {
    private final String name;

    Scene(SourceRequest request) {
      super(request);
      name = request.uri().substring(request.uri().lastIndexOf('/') + 1);
    }

    @Override
    protected int luma(int picture) {
      if (name.equals("deadly") && picture >= DEADLY_PICTURES) {
        System.err.println("the scene is deadly");
        Runtime.getRuntime().halt(42);
      }
      return name.equals("dark") ? 16 : 100 + picture % 50;
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
  }
}
