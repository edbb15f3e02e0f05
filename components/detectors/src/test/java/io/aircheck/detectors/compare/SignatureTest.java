package io.aircheck.detectors.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.observe.Fingerprint;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.compare.Programme.View;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private static final Programme PROGRAMME = new Programme(3);

  @Test
  void ternaryCode_keepsEveryDigit() {
    byte[] digits = {-1, 0, 1, 1, -1, 0, 0, 1, -1, 1, 1, 0};
    float first = TernaryCode.pack(digits, 0, digits.length);
    float second = TernaryCode.pack(digits, 10, digits.length);
    for (int i = 0; i < 10; i++) {
      assertThat(TernaryCode.digit(first, i)).isEqualTo(digits[i]);
      assertThat(TernaryCode.digit(second, i)).isEqualTo(i < 2 ? digits[10 + i] : 0);
    }
  }

  @Test
  void sound_comesInSecondsOfMediaTime() {
    // The first eighth of a second has no mean to lie above; values begin on 10 ms.
    List<Fingerprint> sounds = PROGRAMME.sounds(new View(0, 3.5, 25, 0));

    assertThat(sounds)
        .extracting(Fingerprint::ptsMicros)
        .containsExactly(120_000L, 1_000_000L, 2_000_000L, 3_000_000L);
    assertThat(sounds.get(1).values()).hasSize(100);
    assertThat(sounds.get(1).stepMicros()).isEqualTo(10_000);
  }

  @Test
  void toneBurst_isAboveItsMeanWhileItSounds() {
    // 40 ms of tone in every 250 ms: above for 40 ms plus at most the 4 ms of the envelope.
    EnvelopeBits envelope = new EnvelopeBits();
    float[] samples = new float[16_000];
    for (int i = 0; i < samples.length; i++) {
      boolean sounds = i % 2000 < 320;
      samples[i] = sounds ? (float) (0.3 * Math.sin(2 * Math.PI * 1000 * i / 8000.0)) : 0;
    }
    int[] above = {0};
    long[] first = {-1};
    envelope.add(
        samples,
        samples.length,
        0,
        8000,
        (milli, digit) -> {
          if (milli >= 500 && milli < 1500 && digit > 0) {
            above[0]++;
            first[0] = first[0] < 0 ? milli : first[0];
          }
        });
    assertThat(above[0] / 4.0).isCloseTo(41, within(3.0));
    assertThat(first[0]).isBetween(500L, 503L);
  }

  @Test
  void noSound_hasNoDigits() {
    EnvelopeBits envelope = new EnvelopeBits();
    envelope.add(new float[8000], 8000, 0, 8000, (milli, digit) -> assertThat(digit).isZero());
  }

  @Test
  void picture_rowHoldsTimeActivityAndLuma() {
    CapturingSink sink = new CapturingSink();
    Detector detector = new PictureSignature();
    detector.configure(Programme.INFO, 0, sink);
    TestFrame blank = TestFrame.grey(2, 2, 0);
    detector.onFrame(TestFrame.grey(2, 2, 0), PROGRAMME.analysis(0), sink);
    detector.onFrame(
        TestFrame.grey(2, 2, 0).at(40_000, 0).after(blank), PROGRAMME.analysis(0), sink);
    detector.onFrame(
        TestFrame.grey(2, 2, 0).at(80_000, 0).after(blank), PROGRAMME.analysis(0.04), sink);
    detector.finish(120_000, sink);

    Fingerprint fingerprint = Programme.fingerprints(sink).getFirst();
    assertThat(fingerprint.ptsMicros()).isEqualTo(40_000);
    float[] values = fingerprint.values();
    assertThat(values).hasSize(2 * PictureSignature.ROW);
    assertThat(values[0]).isZero();
    assertThat(values[PictureSignature.ROW]).isEqualTo(40_000);
    // No change at all: log2(0.1).
    assertThat(values[1]).isCloseTo(-3.3219f, within(1e-3f));
    assertThat(values[PictureSignature.ROW + 1]).isGreaterThan(-3);
    assertThat(values[1 + PictureSignature.BLOCKS]).isBetween(30f, 210f);
  }

  @Test
  void pictureSnapshot_inTheMiddleChangesNothing() throws IOException {
    assertThat(pictures(true)).usingRecursiveComparison().isEqualTo(pictures(false));
  }

  @Test
  void soundSnapshot_inTheMiddleChangesNothing() throws IOException {
    assertThat(sounds(true)).usingRecursiveComparison().isEqualTo(sounds(false));
  }

  private static List<Fingerprint> pictures(boolean restoring) throws IOException {
    CapturingSink sink = new CapturingSink();
    Detector detector = new PictureSignature();
    detector.configure(Programme.INFO, 0, sink);
    TestFrame blank = TestFrame.grey(2, 2, 0);
    for (int i = 0; i < 60; i++) {
      TestFrame frame = TestFrame.grey(2, 2, 0).at(i * 40_000L, 0);
      detector.onFrame(frame.after(i == 0 ? null : blank), PROGRAMME.analysis(i * 0.04), sink);
      if (restoring && i == 33) {
        detector = restored(detector, PictureSignature::new);
      }
    }
    detector.finish(2_400_000, sink);
    return Programme.fingerprints(sink);
  }

  private static List<Fingerprint> sounds(boolean restoring) throws IOException {
    CapturingSink sink = new CapturingSink();
    Detector detector = new SoundSignature();
    detector.configure(Programme.INFO, 0, sink);
    for (int i = 0; i < 300; i++) {
      SoundBlock block = PROGRAMME.block(i * 10_000L, 0, i > 0);
      detector.onSound(block, sink);
      if (restoring && i == 133) {
        detector = restored(detector, SoundSignature::new);
      }
    }
    detector.finish(3_000_000, sink);
    return Programme.fingerprints(sink);
  }

  private static Detector restored(Detector detector, Supplier<Detector> create)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    detector.snapshot(new DataOutputStream(bytes));
    Detector fresh = create.get();
    fresh.configure(Programme.INFO, 0, new CapturingSink());
    fresh.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return fresh;
  }
}
