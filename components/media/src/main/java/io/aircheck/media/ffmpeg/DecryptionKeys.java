package io.aircheck.media.ffmpeg;

import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;

/** Hands keys of common encryption (CENC) to FFmpeg. Keys never appear in a message. */
final class DecryptionKeys {
  private DecryptionKeys() {}

  /**
   * Sets the options of the mp4 demuxer.
   *
   * @param keys hexadecimal keys by key id; {@code *} stands for all
   */
  static void set(Map<String, String> keys, AVDictionary options) {
    options(keys).forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
  }

  /** The options of the mp4 demuxer. */
  static Map<String, String> options(Map<String, String> keys) {
    String any = keys.get("*");
    if (any != null) {
      return Map.of("decryption_key", any);
    }
    if (keys.isEmpty()) {
      return Map.of();
    }
    return Map.of(
        "decryption_keys",
        keys.entrySet().stream()
            .map(key -> key.getKey().replace("-", "") + "=" + key.getValue())
            .collect(Collectors.joining(":")));
  }
}
