package io.aircheck.app.inject;

import io.aircheck.app.UsageException;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSources;
import io.aircheck.faults.inject.DecodedFaults;
import io.aircheck.faults.inject.FaultKind;
import io.aircheck.faults.inject.FaultKind.Stage;
import io.aircheck.faults.inject.FaultRequest;
import io.aircheck.faults.inject.InjectedEvent;
import io.aircheck.faults.inject.PlaylistDamage;
import io.aircheck.faults.inject.TransportDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** Makes a defective copy of an input, and the labels that say what is wrong with it. */
public final class Injection {
  private static final DecodedFaults NOTHING = new DecodedFaults(List.of());

  /** A clock reference every 30 ms and tables every 100 ms keep TR 101 290 at any picture rate. */
  private static final Map<String, String> TRANSPORT_OPTIONS =
      Map.of("pcr_period", "30", "pat_period", "0.1", "mpegts_start_pid", "256");

  /** Burnt into pixels by decoding a damaged stream and encoding it again. */
  private static final String BURNT_LABEL = "block_burnt";

  private final Transcoder transcoder;

  public Injection(MediaSources sources) {
    transcoder = new Transcoder(sources);
  }

  /**
   * Makes the copy.
   *
   * @return file with the labels
   * @throws UsageException when a fault does not fit the input or output; the message is one line
   * @throws MediaException when the input cannot be read
   * @throws IOException when the output cannot be written
   */
  public Path run(String input, Path output, List<FaultRequest> faults)
      throws MediaException, IOException {
    String container = container(output);
    checkOutput(faults, container);
    checkPlace(input, output, container);
    checkTimes(faults, transcoder.look(input).durationMicros());
    Path parent = output.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    List<InjectedEvent> events = new ArrayList<>();
    for (FaultRequest fault : faults) {
      if (isDecoded(fault)) {
        events.add(InjectedEvent.of(fault));
      }
    }
    boolean transport = faults.stream().anyMatch(fault -> fault.kind().stage() == Stage.TRANSPORT);
    Transcoder.Written written;
    Labels.Hls hls = null;
    if (container.equals("hls")) {
      HlsOutput out = new HlsOutput(output);
      written = transcoder.copy(input, out.target(), new DecodedFaults(faults));
      out.writeMaster(written);
      PlaylistDamage.Result damage = PlaylistDamage.apply(out.mediaPlaylist(), faults);
      out.writeSchedule(damage.schedule());
      events.addAll(damage.events());
      hls = new Labels.Hls(out.folder());
    } else if (transport) {
      written = damaged(input, output, container, faults, events);
    } else {
      written = transcoder.copy(input, target(output, container), new DecodedFaults(faults));
    }
    try {
      // Containers without a length, such as transport streams, tell it only now.
      checkTimes(faults, OptionalLong.of(written.durationMicros()));
    } catch (UsageException beyondTheEnd) {
      Files.deleteIfExists(output);
      throw beyondTheEnd;
    }
    return Labels.write(output, container, written, events, hls);
  }

  /** By way of a transport stream whose packets are damaged. */
  private Transcoder.Written damaged(
      String input,
      Path output,
      String container,
      List<FaultRequest> faults,
      List<InjectedEvent> events)
      throws MediaException, IOException {
    Path whole = Files.createTempFile("aircheck-whole-", ".ts");
    Path broken = Files.createTempFile("aircheck-broken-", ".ts");
    try {
      Transcoder.Written written =
          transcoder.copy(input, target(whole, "mpegts"), new DecodedFaults(faults));
      if (container.equals("mpegts")) {
        events.addAll(TransportDamage.copy(whole, output, faults));
        return written;
      }
      for (InjectedEvent event : TransportDamage.copy(whole, broken, faults)) {
        events.add(
            new InjectedEvent(
                BURNT_LABEL, event.startSeconds(), event.endSeconds(), event.parameters()));
      }
      return transcoder.copy(broken.toString(), target(output, container), NOTHING);
    } finally {
      Files.deleteIfExists(whole);
      Files.deleteIfExists(broken);
    }
  }

  private static Transcoder.Target target(Path file, String container) {
    return new Transcoder.Target(
        file, container, container.equals("mpegts") ? TRANSPORT_OPTIONS : Map.of());
  }

  private static boolean isDecoded(FaultRequest fault) {
    return switch (fault.kind().stage()) {
      case PICTURE, SOUND, TIME -> true;
      case TRANSPORT, PLAYLIST -> false;
    };
  }

  private static String container(Path output) {
    String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return switch (extension) {
      case "ts", "m2t" -> "mpegts";
      case "mp4", "m4v", "mov" -> "mp4";
      case "mkv" -> "matroska";
      case "m3u8" -> "hls";
      default ->
          throw new UsageException(
              "cannot tell the container of " + output + "; end it in .ts, .mp4, .mkv or .m3u8");
    };
  }

  private static void checkOutput(List<FaultRequest> faults, String container) {
    for (FaultRequest fault : faults) {
      boolean fits =
          switch (fault.kind().stage()) {
            case PICTURE, SOUND, TIME -> true;
            case TRANSPORT ->
                container.equals("mpegts")
                    || fault.kind() == FaultKind.PACKET_LOSS && !container.equals("hls");
            case PLAYLIST -> container.equals("hls");
          };
      if (!fits) {
        throw new UsageException(
            fault.kind().word()
                + (fault.kind().stage() == Stage.PLAYLIST
                    ? " needs an HLS output; end its name in .m3u8"
                    : " needs a transport stream; end the output's name in .ts"));
      }
    }
  }

  /** The copy is written while the input is read. */
  private static void checkPlace(String input, Path output, String container) throws IOException {
    if (input.contains("://")) {
      return;
    }
    Path original = Path.of(input).toAbsolutePath().normalize();
    Path copy = output.toAbsolutePath().normalize();
    boolean same =
        Files.exists(copy) && Files.exists(original)
            ? Files.isSameFile(copy, original)
            : copy.equals(original);
    if (same) {
      throw new UsageException(output + " is the input itself; name another file for the copy");
    }
    boolean segmented = input.toLowerCase(Locale.ROOT).endsWith(".m3u8");
    if (container.equals("hls")
        && segmented
        && Objects.equals(copy.getParent(), original.getParent())) {
      throw new UsageException(
          copy.getParent() + " holds the input's segments; name another folder for the copy");
    }
  }

  private static void checkTimes(List<FaultRequest> faults, OptionalLong durationMicros) {
    for (FaultRequest fault : faults) {
      if (durationMicros.isPresent() && fault.startMicros() >= durationMicros.getAsLong()) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "%s begins at %.3f s, the input ends at %.3f s",
                fault.kind().word(),
                fault.startMicros() / 1e6,
                durationMicros.getAsLong() / 1e6));
      }
    }
  }
}
