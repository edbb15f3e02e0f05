package io.aircheck.media.ffmpeg;

import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVEncryptionInfo;
import org.bytedeco.ffmpeg.avutil.AVSubsampleEncryptionInfo;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Decrypts packets of common encryption (ISO/IEC 23001-7: cenc, cens, cbc1, cbcs), each with the
 * key of its key id. FFmpeg tells how a packet is encrypted and leaves it as it is; its own
 * decryption knows one key for a whole input. Keys appear in no message. Not thread-safe.
 */
final class CommonEncryption {
  private static final int BLOCK = 16;
  private static final int CENC = 0x63656e63;
  private static final int CENS = 0x63656e73;
  private static final int CBC1 = 0x63626331;
  private static final int CBCS = 0x63626373;

  private final String where;
  private final Map<String, String> keys;

  /**
   * @param where address for messages, with secrets removed
   * @param keys hexadecimal keys by key id, with or without dashes; {@code *} stands for all others
   */
  CommonEncryption(String where, Map<String, String> keys) {
    this.where = where;
    this.keys = keys;
  }

  /**
   * Decrypts a packet in place.
   *
   * @return whether it was encrypted
   * @throws MediaException when there is no key for it, or its scheme is unknown
   */
  boolean decrypt(AVPacket packet) throws MediaException {
    SizeTPointer size = new SizeTPointer(1);
    BytePointer described =
        avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_ENCRYPTION_INFO, size);
    long length = size.get();
    size.close();
    if (described == null || described.isNull()) {
      return false;
    }
    AVEncryptionInfo info = avutil.av_encryption_info_get_side_data(described, length);
    if (info == null || info.isNull() || avcodec.av_packet_make_writable(packet) < 0) {
      throw new MediaException(
          Reason.INVALID_DATA, where + ": encryption cannot be read; check the packager");
    }
    try {
      byte[] data = new byte[packet.size()];
      packet.data().get(data);
      decrypt(data, info);
      packet.data().put(data);
      return true;
    } catch (GeneralSecurityException e) {
      // The cause is left out: it must not be able to carry a key into a log.
      throw new MediaException(
          Reason.INVALID_DATA, where + ": encrypted packet makes no sense; check the packager");
    } finally {
      avutil.av_encryption_info_free(info);
    }
  }

  private void decrypt(byte[] data, AVEncryptionInfo info)
      throws GeneralSecurityException, MediaException {
    int scheme = info.scheme();
    if (scheme != CENC && scheme != CENS && scheme != CBC1 && scheme != CBCS) {
      throw new MediaException(
          Reason.UNSUPPORTED, where + ": unknown encryption scheme; only cenc, cens, cbc1, cbcs");
    }
    boolean counter = scheme == CENC || scheme == CENS;
    byte[] vector = new byte[BLOCK];
    info.iv().get(vector, 0, Math.min(BLOCK, info.iv_size()));
    SecretKeySpec key = key(info);
    Cipher cipher = Cipher.getInstance(counter ? "AES/CTR/NoPadding" : "AES/CBC/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(vector));
    int crypt = info.crypt_byte_block();
    int skip = crypt == 0 ? 0 : info.skip_byte_block();
    int count = info.subsample_count();
    if (count == 0) {
      stretch(cipher, counter, data, 0, data.length, crypt, skip);
      return;
    }
    AVSubsampleEncryptionInfo subsamples = info.subsamples();
    int at = 0;
    for (int i = 0; i < count; i++) {
      AVSubsampleEncryptionInfo subsample = subsamples.getPointer(i);
      int encrypted = subsample.bytes_of_protected_data();
      long start = at + (subsample.bytes_of_clear_data() & 0xffff_ffffL);
      if (encrypted < 0 || start + encrypted > data.length) {
        throw new GeneralSecurityException("subsample outside of the packet");
      }
      at = (int) start;
      if (scheme == CBCS) {
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(vector));
      }
      stretch(cipher, counter, data, at, encrypted, crypt, skip);
      at += encrypted;
    }
  }

  /** Decrypts a stretch: all of it, or of each {@code crypt + skip} blocks the first ones. */
  private static void stretch(
      Cipher cipher, boolean counter, byte[] data, int from, int length, int crypt, int skip)
      throws GeneralSecurityException {
    int end = from + length;
    int run = skip == 0 ? length : crypt * BLOCK;
    for (int at = from; at < end; at += run + skip * BLOCK) {
      int count = Math.min(run, end - at);
      // Chained blocks leave an incomplete one in the clear; so does a pattern.
      int whole = counter && skip == 0 ? count : count / BLOCK * BLOCK;
      if (whole > 0) {
        cipher.update(data, at, whole, data, at);
      }
      if (run == 0) {
        return;
      }
    }
  }

  private SecretKeySpec key(AVEncryptionInfo info) throws MediaException {
    byte[] id = new byte[Math.clamp(info.key_id_size(), 0, BLOCK)];
    if (id.length > 0) {
      info.key_id().get(id);
    }
    String keyId = HexFormat.of().formatHex(id);
    String digits = keys.get("*");
    for (Map.Entry<String, String> entry : keys.entrySet()) {
      if (entry.getKey().replace("-", "").toLowerCase(Locale.ROOT).equals(keyId)) {
        digits = entry.getValue();
      }
    }
    if (digits == null) {
      throw new MediaException(
          Reason.DENIED,
          where
              + ": encrypted, and there is no key for key id "
              + keyId
              + "; give it in a key file or the configuration");
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(digits.strip());
      if (bytes.length == BLOCK) {
        return new SecretKeySpec(bytes, "AES");
      }
    } catch (IllegalArgumentException e) {
      // Told below, without the cause: its message quotes the key.
    }
    throw new MediaException(
        Reason.DENIED, where + ": the configured decryption key is not 32 hexadecimal digits");
  }
}
