package io.aircheck.faults.inject;

import io.aircheck.core.detect.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be injected. */
public enum FaultKind {
  BLACK("black", Stage.PICTURE, parameter("luma", 16, 0, 255, "luma of the black")),
  FREEZE("freeze_exact", Stage.PICTURE),
  SOLID_COLOR(
      "green",
      Stage.PICTURE,
      parameter("y", 0, 0, 255, "luma"),
      parameter("cb", 0, 0, 255, "blue difference"),
      parameter("cr", 0, 0, 255, "red difference")),
  COLOR_BARS("bars", Stage.PICTURE),
  BLUR("blur", Stage.PICTURE, parameter("radius", 8, 1, 64, "samples to each side that are mixed")),
  FLASHING("flash10", Stage.PICTURE, parameter("hertz", 10, 1, 30, "flashes per second")),
  STUTTER("stutter", Stage.PICTURE, parameter("hold", 5, 2, 60, "pictures that one is shown for")),
  LETTERBOX(
      "letterbox", Stage.PICTURE, parameter("scale", 0.75, 0.3, 0.95, "share of the height left")),
  SILENCE("silence", Stage.SOUND),
  NOISE_FLOOR("noise_floor", Stage.SOUND, parameter("dbfs", -65, -120, -20, "level of the hiss")),
  CLIPPING("clipping", Stage.SOUND, parameter("gainDb", 18, 1, 60, "gain before the limit")),
  CHANNEL_LOSS("dead_channel", Stage.SOUND, parameter("channel", 0, 0, 15, "index of the channel")),
  PHASE_INVERSION(
      "phase_inversion", Stage.SOUND, parameter("channel", 1, 0, 15, "index of the channel")),
  HUM(
      "hum",
      Stage.SOUND,
      parameter("dbfs", -30, -80, 0, "level of the ground tone"),
      parameter("hertz", 50, 40, 70, "mains frequency")),
  DROPOUT(
      "dropout",
      Stage.SOUND,
      parameter("millis", 30, 1, 500, "length of each"),
      parameter("everyMillis", 1000, 50, 60_000, "from one to the next")),
  LOUDNESS_JUMP("loudness_jump", Stage.SOUND, parameter("gainDb", 12, -60, 60, "change of level")),
  AV_OFFSET(
      "av_shift",
      Stage.TIME,
      parameter("millis", 200, -2000, 2000, "how late the sound is; negative: early")),
  PACKET_LOSS(
      "ts_loss", Stage.TRANSPORT, parameter("rate", 0.02, 1e-6, 1, "share of packets lost")),
  TIMESTAMP_GAP("ts_gap", Stage.TRANSPORT),
  TIMESTAMP_JUMP(
      "ts_jump", Stage.TRANSPORT, parameter("seconds", 5, -3600, 3600, "how far they jump")),
  AUDIO_MISSING("audio_missing", Stage.TRANSPORT),
  PAT_MISSING("pat_missing", Stage.TRANSPORT),
  STALL("hls_stall", Stage.PLAYLIST),
  MISSING_SEGMENT("hls_missing_segment", Stage.PLAYLIST),
  SEQUENCE_JUMP(
      "hls_mseq_jump", Stage.PLAYLIST, parameter("segments", 37, -1000, 1000, "how far it jumps")),
  WRONG_EXTINF(
      "hls_extinf_wrong",
      Stage.PLAYLIST,
      parameter("seconds", 6.5, 0.1, 3600, "duration that is written"));

  /** Where in the making of an output a fault is put in. */
  public enum Stage {
    /** Decoded pictures. */
    PICTURE,
    /** Decoded sound. */
    SOUND,
    /** Decoded pictures against decoded sound. */
    TIME,
    /** Packets of an MPEG transport stream. */
    TRANSPORT,
    /** Playlists and segments of an HLS output. */
    PLAYLIST
  }

  private final String label;
  private final Stage stage;
  private final List<FaultParameter> parameters;

  FaultKind(String label, Stage stage, FaultParameter... parameters) {
    this.label = label;
    this.stage = stage;
    this.parameters = List.of(parameters);
  }

  private static FaultParameter parameter(
      String name, double defaultValue, double min, double max, String help) {
    return new FaultParameter(name, defaultValue, min, max, help);
  }

  /** Name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Kind in the label format. */
  public String label() {
    return label;
  }

  public Stage stage() {
    return stage;
  }

  public List<FaultParameter> parameters() {
    return parameters;
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException for an unknown name; the message is one line for the user
   */
  static FaultKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown fault " + word + Suggestion.among(words(), word)));
  }

  /** The words of all faults, in the order of the documentation. */
  public static List<String> words() {
    return Arrays.stream(values()).map(FaultKind::word).toList();
  }
}
