package io.aircheck.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaException.Reason;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVEncryptionInfo;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonEncryptionTest {
  private static final String KEY = "76a6c65c5ea762046bd749a2e632ccbb";
  private static final String WRONG = "0011223344556677889900aabbccddee";
  private static final String KEY_ID = "a7e61c373e219033c21091fa607bf3b8";
  private static final byte[] VECTOR = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

  private final FfmpegSourceFactory factory = new FfmpegSourceFactory();

  private static Path encrypted(Path folder) throws MediaException {
    return TestMedia.write(
        folder.resolve("a.mp4"),
        "mp4",
        50,
        ChannelLayout.STEREO,
        Map.of(
            "encryption_scheme", "cenc-aes-ctr", "encryption_key", KEY, "encryption_kid", KEY_ID));
  }

  private static SourceRequest request(Path file, Map<String, String> keys) {
    return SourceRequest.of(file.toString()).withDecryptionKeys(keys);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", KEY_ID, "A7E61C37-3E21-9033-C210-91FA607BF3B8"})
  void next_encryptedFileWithItsKey_playsWithoutFault(String keyId, @TempDir Path folder)
      throws Exception {
    SourceRequest request = request(encrypted(folder), Map.of(keyId, KEY, "00".repeat(16), WRONG));
    try (MediaSource source = factory.open(request)) {
      Played played = Played.all(source);

      assertThat(played.pictures).hasSize(50);
      assertThat(played.sounds).isNotEmpty();
      assertThat(played.events(MediaEvent.DecodeError.class)).isEmpty();
    }
  }

  private void assertDenied(SourceRequest request, String words) {
    assertThatThrownBy(
            () -> {
              try (MediaSource source = factory.open(request)) {
                Played.all(source);
              }
            })
        .isInstanceOfSatisfying(
            MediaException.class, denied -> assertThat(denied.reason()).isEqualTo(Reason.DENIED))
        .hasMessageContaining(words)
        .message()
        .doesNotContain(KEY, WRONG, "\n");
  }

  @Test
  void next_wrongKey_saysSoWithoutIt(@TempDir Path folder) throws Exception {
    assertDenied(request(encrypted(folder), Map.of("*", WRONG)), "the decryption key is wrong");
  }

  @Test
  void next_noKey_namesTheKeyIdThatIsNeeded(@TempDir Path folder) throws Exception {
    Path file = encrypted(folder);

    assertDenied(request(file, Map.of()), "no key for key id " + KEY_ID);
    assertDenied(request(file, Map.of("ff".repeat(16), WRONG)), "no key for key id " + KEY_ID);
  }

  @Test
  void next_malformedKey_saysSoWithoutIt(@TempDir Path folder) throws Exception {
    assertDenied(request(encrypted(folder), Map.of("*", KEY + "x")), "not 32 hexadecimal digits");
  }

  /** Describes a packet as encrypted in one subsample behind ten clear bytes. */
  private static AVPacket packet(byte[] data, String scheme, int crypt, int skip) {
    AVPacket packet = avcodec.av_packet_alloc();
    avcodec.av_new_packet(packet, data.length);
    packet.data().put(data);
    AVEncryptionInfo info = avutil.av_encryption_info_alloc(1, 16, 16);
    int code = 0;
    for (char letter : scheme.toCharArray()) {
      code = code << 8 | letter;
    }
    info.scheme(code).crypt_byte_block(crypt).skip_byte_block(skip);
    info.key_id().put(HexFormat.of().parseHex(KEY_ID));
    info.iv().put(VECTOR);
    info.subsamples().bytes_of_clear_data(10).bytes_of_protected_data(data.length - 10);
    SizeTPointer size = new SizeTPointer(1);
    BytePointer described = avutil.av_encryption_info_add_side_data(info, size);
    avcodec.av_packet_add_side_data(
        packet, avcodec.AV_PKT_DATA_ENCRYPTION_INFO, described, size.get());
    avutil.av_encryption_info_free(info);
    return packet;
  }

  private static byte[] decrypted(byte[] data, String scheme, int crypt, int skip)
      throws MediaException {
    AVPacket packet = packet(data, scheme, crypt, skip);
    try {
      assertThat(new CommonEncryption("test", Map.of("*", KEY)).decrypt(packet)).isTrue();
      byte[] clear = new byte[data.length];
      packet.data().get(clear);
      return clear;
    } finally {
      avcodec.av_packet_free(packet);
    }
  }

  private static byte[] clear() {
    byte[] clear = new byte[10 + 16 * 25 + 5];
    new Random(1).nextBytes(clear);
    return clear;
  }

  private static Cipher cipher(String transformation) throws Exception {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"),
        new IvParameterSpec(VECTOR));
    return cipher;
  }

  @Test
  void decrypt_cbcsWithPatternOneOfTen_leavesTheOtherBlocks() throws Exception {
    byte[] data = clear();
    Cipher cipher = cipher("AES/CBC/NoPadding");
    for (int block : new int[] {0, 10, 20}) {
      cipher.update(clear(), 10 + 16 * block, 16, data, 10 + 16 * block);
    }

    assertThat(decrypted(data, "cbcs", 1, 9)).isEqualTo(clear());
  }

  @Test
  void decrypt_cbc1_leavesAnIncompleteLastBlock() throws Exception {
    byte[] data = clear();
    cipher("AES/CBC/NoPadding").update(clear(), 10, 16 * 25, data, 10);

    assertThat(decrypted(data, "cbc1", 0, 0)).isEqualTo(clear());
  }

  @Test
  void decrypt_cens_countsEncryptedBlocksAlone() throws Exception {
    byte[] data = clear();
    Cipher cipher = cipher("AES/CTR/NoPadding");
    for (int block = 0; block < 25; block += 10) {
      cipher.update(clear(), 10 + 16 * block, 16, data, 10 + 16 * block);
    }

    assertThat(decrypted(data, "cens", 1, 9)).isEqualTo(clear());
  }

  @Test
  void decrypt_lengthsBeyondThePacket_areRefused() {
    byte[] data = Arrays.copyOf(clear(), 40);
    AVPacket packet = packet(data, "cenc", 0, 0);
    avcodec.av_shrink_packet(packet, 12);

    assertThatThrownBy(() -> new CommonEncryption("test", Map.of("*", KEY)).decrypt(packet))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("makes no sense");
    avcodec.av_packet_free(packet);
  }
}
