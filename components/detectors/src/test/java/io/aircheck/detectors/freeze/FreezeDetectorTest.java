package io.aircheck.detectors.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Severity;
import io.aircheck.core.sound.SoundBlock;
import io.aircheck.detectors.picture.PictureRun;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.TestFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class FreezeDetectorTest {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 108;

  @Test
  void repeatedPicture_amongMovingOnes_isFoundFromTheFirstShowing() {
    CapturingSink sink =
        run().show(50, i -> moving(i)).show(25, i -> moving(50)).show(25, i -> moving(i)).finish();

    assertThat(sink.closed(Kinds.VIDEO_FREEZE))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isEqualTo(2_000_000);
              assertThat(finding.endMicros()).isEqualTo(3_000_000);
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.confidence()).isEqualTo(0.95);
            });
    assertThat(sink.open()).isEmpty();
  }

  @Test
  void stillPicture_withoutMotionBefore_isFoundOnlyWhenItLasts() {
    assertThat(findings(249, i -> moving(0))).isEmpty();
    assertThat(findings(250, i -> moving(0)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.startMicros()).isZero();
              assertThat(finding.confidence()).isEqualTo(0.7);
            });
  }

  @Test
  void cutToAStillPicture_isNotFound() {
    assertThat(
            run()
                .show(25, i -> moving(i))
                .show(50, i -> picture((x, y) -> 235 - x))
                .show(25, i -> moving(i))
                .finish()
                .closed())
        .isEmpty();
  }

  @Test
  void encoderThatSettlesAfterTheStop_doesNotDelayTheFreeze() {
    assertThat(
            run()
                .show(25, i -> moving(i))
                .show(
                    50,
                    i -> picture((x, y) -> 40 + (x + y + 5 * 25) % 163 + Math.min(3, (i - 25) / 4)))
                .finish()
                .closed())
        .singleElement()
        .extracting(Finding::startMicros)
        .isEqualTo(1_000_000L);
  }

  @Test
  void stillPictureWithCodingNoise_isFound() {
    Random random = new Random(5);
    TestFrame[] noisy = new TestFrame[5];
    Arrays.setAll(
        noisy,
        n ->
            TestFrame.painted(
                480,
                270,
                (x, y) -> (int) Math.round(60 + x / 8 % 90 + 1.6 * random.nextGaussian())));

    assertThat(findings(250, i -> noisy[i % 5])).hasSize(1);
  }

  @Test
  void slowPan_isNotFound() {
    // A sample every fifth picture.
    assertThat(findings(100, i -> picture((x, y) -> 40 + (x + i / 5) * 8 % 150))).isEmpty();
  }

  @Test
  void smallMovement_inAStillPicture_isNotFound() {
    // A head of 4 by 4 cells that nods by a sample each picture in front of a still wall.
    assertThat(
            findings(
                100,
                i ->
                    picture(
                        (x, y) -> {
                          int top = 40 + Math.abs(i % 10 - 5);
                          boolean head = x >= 90 && x < 106 && y >= top && y < top + 16;
                          return head ? 180 : 60 + x / 4;
                        })))
        .isEmpty();
  }

  @Test
  void runningClock_isNotAFreeze() {
    assertThat(
            findings(
                100,
                i ->
                    picture(
                        (x, y) -> {
                          boolean clock = x >= 170 && x < 186 && y >= 4 && y < 12;
                          return clock ? (x / 2 * 37 + i * 91) % 200 : 60 + x / 4;
                        })))
        .isEmpty();
  }

  @Test
  void clockOfOneCell_isNotAFreeze() {
    assertThat(
            findings(
                300,
                i ->
                    picture(
                        (x, y) ->
                            x >= 184 && x < 188 && y >= 4 && y < 8
                                ? 40 + i / 5 * 60 % 180
                                : 60 + x / 4)))
        .isEmpty();
  }

  @Test
  void picturesShownTwice_areNotAFreeze() {
    assertThat(findings(100, i -> moving(i / 2))).isEmpty();
  }

  @Test
  void blackFlatColoursAndBriefStills_areNotFound() {
    assertThat(findings(50, i -> TestFrame.grey(WIDTH, HEIGHT, 16))).isEmpty();
    assertThat(findings(50, i -> TestFrame.solid(WIDTH, HEIGHT, 0, 0, 0))).isEmpty();
    assertThat(
            run()
                .show(20, i -> moving(i))
                .show(15, i -> moving(20))
                .show(20, i -> moving(i))
                .finish()
                .closed())
        .isEmpty();
  }

  @Test
  void disturbanceOfOnePicture_doesNotSplitAFreeze() {
    List<Finding> findings =
        run()
            .show(25, i -> moving(i))
            .show(25, i -> moving(25))
            .show(1, i -> moving(31))
            .show(25, i -> moving(25))
            .finish()
            .closed();

    assertThat(findings).singleElement().extracting(Finding::durationMicros).isEqualTo(2_040_000L);
  }

  @Test
  void stillPicture_withSilence_isAnError_withLiveSoundOnlyWhenItLasts() {
    assertThat(severityAfterSixSeconds(Map.of(), 0)).isEqualTo(Severity.ERROR);
    assertThat(severityAfterSixSeconds(Map.of(), 0.01)).isEqualTo(Severity.WARNING);
    assertThat(severityAfterSixSeconds(Map.of("errorAfterSeconds", 5.0), 0.01))
        .isEqualTo(Severity.ERROR);
  }

  @Test
  void snapshot_inTheMiddle_changesNothing() {
    CapturingSink whole = run().show(10, i -> moving(i)).show(40, i -> moving(10)).finish();
    PictureRun parts = run().show(10, i -> moving(i)).handOver();
    for (int i = 0; i < 10; i++) {
      parts.show(4, frame -> moving(10)).handOver();
    }

    assertThat(parts.finish().observations()).isEqualTo(whole.observations());
  }

  private static Severity severityAfterSixSeconds(Map<String, Double> options, double power) {
    PictureRun run = new PictureRun(new FreezeDetector.Factory(), options);
    run.show(25, i -> moving(i));
    for (int second = 1; second < 7; second++) {
      run.show(25, i -> moving(24));
      for (int block = 0; block < 100; block++) {
        run.detector().onSound(new Sound(second * 1_000_000L + block * 10_000L, power), run.sink());
      }
    }
    return run.show(1, i -> moving(24)).finish().closed().getFirst().severity();
  }

  private static TestFrame moving(int i) {
    return picture((x, y) -> 40 + (x + y + 5 * i) % 163);
  }

  private static TestFrame picture(TestFrame.Painter painter) {
    return TestFrame.painted(WIDTH, HEIGHT, painter);
  }

  private static List<Finding> findings(int count, IntFunction<TestFrame> pictures) {
    return run().show(count, pictures).finish().closed();
  }

  private static PictureRun run() {
    return new PictureRun(new FreezeDetector.Factory());
  }

  /** Ten milliseconds of mono sound of a power. */
  private record Sound(long startMicros, double power) implements SoundBlock {
    @Override
    public String trackId() {
      return "audio:0";
    }

    @Override
    public long endMicros() {
      return startMicros + 10_000;
    }

    @Override
    public boolean continuous() {
      return true;
    }

    @Override
    public int sampleRate() {
      return 48_000;
    }

    @Override
    public ChannelLayout channelLayout() {
      return ChannelLayout.MONO;
    }

    @Override
    public int sampleCount() {
      return 480;
    }

    @Override
    public float[] channel(int index) {
      return new float[480];
    }

    @Override
    public double mean(int channel) {
      return 0;
    }

    @Override
    public double power(int channel) {
      return power;
    }

    @Override
    public double peak(int channel) {
      return Math.sqrt(power);
    }

    @Override
    public double weightedPower(int channel) {
      return power;
    }
  }
}
