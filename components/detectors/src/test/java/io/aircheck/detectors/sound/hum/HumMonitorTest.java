package io.aircheck.detectors.sound.hum;

import static io.aircheck.detectors.sound.SoundBench.noise;
import static io.aircheck.detectors.sound.SoundBench.sine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.sound.SoundBench;
import io.aircheck.testkit.TestSound;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class HumMonitorTest {
  private static final int LFE = 3;

  private static SoundBench stereo() {
    return new SoundBench(new HumFactory(), 48_000, ChannelLayout.STEREO);
  }

  private static List<Finding> findings(double seconds, TestSound.Generator sound) {
    return stereo().play(seconds, sound).finish().closed();
  }

  /** Broad programme: noise and a moving voice-like tone. */
  private static double programme(int channel, double seconds) {
    return noise(-25, channel, seconds)
        + sine(220, -20, seconds + 0.004 * Math.sin(2 * Math.PI * 3 * seconds));
  }

  /** Hum from one time to another, 3.01 dB above its RMS level at the peak. */
  private static double hum(double hertz, double rmsDbfs, double from, double to, double seconds) {
    return seconds < from || seconds >= to ? 0 : sine(hertz, rmsDbfs + 3.01, seconds);
  }

  @ParameterizedTest
  @CsvSource({"50, 50Hz", "60, 60Hz", "49.9, 50Hz", "60.1, 60Hz"})
  void hum_underProgramme_isAWarningWithItsTimesLevelAndFrequency(double hertz, String name) {
    List<Finding> findings = findings(13, (c, t) -> programme(c, t) + hum(hertz, -35, 3, 10, t));
    assertThat(findings).hasSize(1);
    Finding hum = findings.getFirst();
    assertThat(hum.severity()).isEqualTo(Severity.WARNING);
    assertThat(hum.track()).isEqualTo("audio:0/" + name);
    assertThat(hum.startMicros()).isBetween(2_500_000L, 3_500_000L);
    assertThat(hum.endMicros()).isBetween(9_500_000L, 10_500_000L);
    assertThat(hum.measurements().get("levelDbfs")).isCloseTo(-35, within(1.5));
    assertThat(hum.measurements().get("frequencyHertz")).isCloseTo(hertz, within(0.06));
  }

  @Test
  void hum_faint_isInformation() {
    List<Finding> findings = findings(8, (c, t) -> noise(-60, c, t) + hum(50, -58, 0, 8, t));
    assertThat(findings).extracting(Finding::severity).containsExactly(Severity.INFO);
  }

  @Test
  void hum_belowTheLeastLevel_isNotTold() {
    assertThat(findings(8, (c, t) -> noise(-90, c, t) + hum(50, -75, 0, 8, t))).isEmpty();
  }

  @Test
  void hum_oppositeInBothChannels_isFound() {
    assertThat(findings(8, (c, t) -> noise(-50, c, t) + (c == 0 ? 1 : -1) * hum(60, -40, 0, 8, t)))
        .hasSize(1);
  }

  @Test
  void buzz_harmonicsWithoutFundamental_isFound() {
    List<Finding> findings =
        findings(
            9,
            (c, t) ->
                noise(-45, c, t)
                    + hum(100, -40, 1, 9, t)
                    + hum(200, -44, 1, 9, t)
                    + hum(300, -46, 1, 9, t));
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().measurements().get("frequencyHertz"))
        .isCloseTo(50, within(0.06));
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 120, 150, 180})
  void tone_atOneHarmonicAlone_isNoHum(double hertz) {
    assertThat(findings(9, (c, t) -> noise(-50, c, t) + hum(hertz, -30, 0, 9, t))).isEmpty();
  }

  /** G1, G sharp 1, B1 and C2 of equal temperament, with their harmonics. */
  @ParameterizedTest
  @ValueSource(doubles = {48.999, 51.913, 61.735, 65.406})
  void bass_heldNoteOffTheMains_isNoHum(double hertz) {
    assertThat(
            findings(
                9,
                (c, t) ->
                    noise(-50, c, t)
                        + hum(hertz, -25, 0, 9, t)
                        + hum(2 * hertz, -30, 0, 9, t)
                        + hum(3 * hertz, -35, 0, 9, t)))
        .isEmpty();
  }

  @Test
  void tone_ofTwoSeconds_isNoHum() {
    assertThat(findings(8, (c, t) -> noise(-50, c, t) + hum(50, -30, 3, 5, t))).isEmpty();
  }

  @Test
  void tone_thatSwellsAndDiesAway_isNoHum() {
    assertThat(
            findings(
                12,
                (c, t) -> noise(-60, c, t) + hum(50, -30 - 8 * Math.abs(t % 4 - 2) * 2, 0, 12, t)))
        .isEmpty();
  }

  @Test
  void noise_aloneAndProgrammeAlone_isNoHum() {
    assertThat(findings(15, (c, t) -> noise(-30, c, t))).isEmpty();
    assertThat(findings(15, HumMonitorTest::programme)).isEmpty();
  }

  @Test
  void overtones_foldedByTheReduction_areNoHum() {
    assertThat(findings(9, (c, t) -> hum(950, -20, 0, 9, t) + hum(2050, -20, 0, 9, t))).isEmpty();
  }

  @Test
  void surround_effectsChannelAtTheMainsFrequency_isNoHum() {
    SoundBench bench = new SoundBench(new HumFactory(), 48_000, ChannelLayout.SURROUND_5_1);
    bench.play(8, (c, t) -> c == LFE ? hum(50, -20, 0, 8, t) : noise(-40, c, t));
    assertThat(bench.finish().closed()).isEmpty();
  }

  @Test
  void surround_humInTheCentre_isFoundWithItsLevel() {
    SoundBench bench = new SoundBench(new HumFactory(), 48_000, ChannelLayout.SURROUND_5_1);
    bench.play(8, (c, t) -> noise(-50, c, t) + (c == 2 ? hum(50, -40, 0, 8, t) : 0));
    List<Finding> findings = bench.finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().measurements().get("levelDbfs")).isCloseTo(-40, within(1.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 22_050, 44_100, 96_000})
  void sampleRate_any_sameHum(int rate) {
    SoundBench bench = new SoundBench(new HumFactory(), rate, ChannelLayout.MONO);
    List<Finding> findings =
        bench.play(8, (c, t) -> noise(-45, c, t) + hum(60, -40, 0, 8, t)).finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().measurements().get("frequencyHertz"))
        .isCloseTo(60, within(0.06));
  }

  private static final TestSound.Generator HUMMING =
      (c, t) -> noise(-40, c, t) + hum(50, -38, 2, 8.0037, t);

  @Test
  void chunking_anyRunLength_sameObservations() {
    SoundBench regular = stereo().play(11, HUMMING);
    SoundBench random = stereo().play(11, 1, 5000, HUMMING);
    assertThat(random.finish().observations())
        .isNotEmpty()
        .isEqualTo(regular.finish().observations());
  }

  @Test
  void restore_beforeAndWithinTheHum_sameObservations() {
    SoundBench through = stereo().play(3.555, HUMMING).play(4, HUMMING).play(4, HUMMING);
    SoundBench restarted =
        stereo().play(3.555, HUMMING).restart().play(4, HUMMING).restart().play(4, HUMMING);
    assertThat(restarted.finish().observations())
        .isNotEmpty()
        .isEqualTo(through.finish().observations());
  }

  @Test
  void gap_withinTheHum_endsTheFinding() {
    SoundBench bench = stereo().play(7, (c, t) -> hum(50, -30, 0, 7, t));
    List<Finding> findings =
        bench.gap(5).play(7, (c, t) -> hum(50, -30, 0, 20, t)).finish().closed();
    assertThat(findings).hasSize(2);
    assertThat(bench.sink().open()).isEmpty();
  }
}
