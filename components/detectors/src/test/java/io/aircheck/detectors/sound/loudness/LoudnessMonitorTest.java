package io.aircheck.detectors.sound.loudness;

import static io.aircheck.detectors.sound.SoundBench.sine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import io.aircheck.detectors.sound.SoundBench;
import io.aircheck.testkit.CapturingSink;
import io.aircheck.testkit.CapturingSink.Sample;
import io.aircheck.testkit.TestSound;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases by the numbers of EBU Tech 3341 and Tech 3342 as far as they can be synthesised. */
@Tag("slow")
class LoudnessMonitorTest {
  private static final String MOMENTARY = "audio.loudness_momentary";
  private static final String SHORT_TERM = "audio.loudness_short_term";
  private static final String INTEGRATED = "audio.loudness_integrated";
  private static final String RANGE = "audio.loudness_range";

  private static SoundBench stereo(Map<String, Double> options) {
    return new SoundBench(new LoudnessFactory(), 48_000, ChannelLayout.STEREO, options);
  }

  /** A tone of 1 kHz in both channels: levels in dBFS, each followed by its length in seconds. */
  private static CapturingSink tone(double... levelsAndSeconds) {
    SoundBench bench = stereo(Map.of());
    for (int i = 0; i < levelsAndSeconds.length; i += 2) {
      double amplitude = Math.pow(10, levelsAndSeconds[i] / 20);
      bench.play(levelsAndSeconds[i + 1], (c, t) -> amplitude * Math.sin(2 * Math.PI * 1000 * t));
    }
    return bench.finish();
  }

  private static double last(CapturingSink sink, String metric) {
    return sink.metric(metric).getLast().value();
  }

  private static double truePeak(double hertz, double degrees, double amplitude) {
    SoundBench bench = stereo(Map.of());
    bench.play(
        2,
        (c, t) ->
            Math.min(1, t)
                * amplitude
                * Math.sin(2 * Math.PI * hertz * t + Math.toRadians(degrees)));
    return largest(bench.finish(), "audio.true_peak_dbtp");
  }

  private static double largest(CapturingSink sink, String metric) {
    return sink.metric(metric).stream().mapToDouble(Sample::value).max().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-23, -33})
  void tech3341_cases1And2_allThreeAreTheLevelOfTheTone(double level) {
    CapturingSink sink = tone(level, 20);
    assertThat(last(sink, MOMENTARY)).isCloseTo(level, within(0.1));
    assertThat(last(sink, SHORT_TERM)).isCloseTo(level, within(0.1));
    assertThat(last(sink, INTEGRATED)).isCloseTo(level, within(0.1));
  }

  @Test
  void tech3341_case3_relativeGateLeavesTheQuietPartsOut() {
    assertThat(last(tone(-36, 10, -23, 60, -36, 10), INTEGRATED)).isCloseTo(-23, within(0.1));
  }

  @Test
  void tech3341_case4_absoluteGateLeavesTheFaintPartsOut() {
    CapturingSink sink = tone(-72, 10, -36, 10, -23, 60, -36, 10, -72, 10);
    assertThat(last(sink, INTEGRATED)).isCloseTo(-23, within(0.1));
  }

  @Test
  void damagedSound_farAboveFullScale_isNoPartOfTheProgramme() {
    assertThat(last(tone(-23, 10, 80, 0.05, -23, 10), INTEGRATED)).isCloseTo(-23, within(0.1));
  }

  @Test
  void tech3341_case5_partsWithinTheGateCount() {
    assertThat(last(tone(-26, 20, -20, 20.1, -26, 20), INTEGRATED)).isCloseTo(-23, within(0.1));
  }

  @Test
  void tech3341_case6_surroundIsWeighted() {
    double[] levels = {-28, -28, -24, -10, -30, -30};
    SoundBench bench = new SoundBench(new LoudnessFactory(), 48_000, ChannelLayout.SURROUND_5_1);
    bench.play(20, (c, t) -> c == 3 ? 0 : sine(1000, levels[c], t));
    assertThat(last(bench.finish(), INTEGRATED)).isCloseTo(-23, within(0.1));
  }

  @Test
  void tech3341_case9_shortTermIsConstant() {
    double[] pattern = {-20, 1.34, -30, 1.66, -20, 1.34, -30, 1.66, -20, 1.34, -30, 1.66};
    List<Sample> values = tone(pattern).metric(SHORT_TERM);
    assertThat(values).hasSizeGreaterThan(50);
    assertThat(values).allSatisfy(sample -> assertThat(sample.value()).isCloseTo(-23, within(0.1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 9, 13, 19})
  void tech3341_case10_shortTermReachesTheToneWhereverItBegins(int segment) {
    SoundBench bench = stereo(Map.of());
    bench.play(0.15 * segment, (c, t) -> 0);
    bench.play(3, (c, t) -> sine(1000, -23, t));
    bench.play(1, (c, t) -> 0);
    assertThat(largest(bench.finish(), SHORT_TERM)).isCloseTo(-23, within(0.1));
  }

  @Test
  void tech3341_case11_shortTermFollowsRisingTones() {
    SoundBench bench = stereo(Map.of());
    for (int segment = 0; segment < 20; segment++) {
      double level = -38 + segment;
      bench.play(0.15 * segment, (c, t) -> 0);
      bench.play(3, (c, t) -> sine(1000, level, t));
      bench.play(3 - 0.15 * segment, (c, t) -> 0);
      assertThat(largest(bench.sink(), SHORT_TERM)).as("%.0f", level).isCloseTo(level, within(0.1));
    }
  }

  @Test
  void tech3341_case12_momentaryIsConstant() {
    double[] pattern = new double[100];
    for (int i = 0; i < pattern.length; i += 4) {
      pattern[i] = -20;
      pattern[i + 1] = 0.18;
      pattern[i + 2] = -30;
      pattern[i + 3] = 0.22;
    }
    assertThat(tone(pattern).metric(MOMENTARY).stream().skip(10))
        .isNotEmpty()
        .allSatisfy(sample -> assertThat(sample.value()).isCloseTo(-23, within(0.1)));
  }

  @Test
  void tech3341_case13_momentaryReachesTheToneWhereverItBegins() {
    for (int segment = 0; segment < 20; segment++) {
      SoundBench bench = stereo(Map.of());
      bench.play(0.02 * segment, (c, t) -> 0);
      bench.play(0.4, (c, t) -> sine(1000, -23, t));
      bench.play(1, (c, t) -> 0);
      assertThat(largest(bench.finish(), MOMENTARY)).as("%d", segment).isCloseTo(-23, within(0.1));
    }
  }

  @Test
  void tech3341_case14_momentaryFollowsRisingTones() {
    SoundBench bench = stereo(Map.of());
    for (int segment = 0; segment < 20; segment++) {
      double level = -38 + segment;
      bench.play(0.02 * segment, (c, t) -> 0);
      bench.play(0.4, (c, t) -> sine(1000, level, t));
      bench.play(0.8 - 0.02 * segment, (c, t) -> 0);
      assertThat(largest(bench.sink(), MOMENTARY)).as("%.0f", level).isCloseTo(level, within(0.1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "15, 12000, 0, 0.50, -6",
    "16, 12000, 45, 0.50, -6",
    "17, 8000, 60, 0.50, -6",
    "18, 6000, 67.5, 0.50, -6",
    "19, 12000, 45, 1.41, 3"
  })
  void tech3341_cases15To19_truePeakIsThatOfTheWave(
      int number, double hertz, double degrees, double amplitude, double dbtp) {
    assertThat(truePeak(hertz, degrees, amplitude))
        .as("case %d", number)
        .isBetween(dbtp - 0.4, dbtp + 0.2);
  }

  /** In the manner of cases 20 to 23: a transient whose peak lies up to a sample beside one. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 0.75})
  void transient_betweenSamples_truePeakIsThatOfTheWave(double offsetSamples) {
    double peakSeconds = 1 + offsetSamples / 48_000;
    SoundBench bench = stereo(Map.of());
    bench.play(
        2,
        (c, t) -> {
          double x = t - peakSeconds;
          return Math.exp(-Math.pow(x / 0.00025, 2)) * Math.cos(2 * Math.PI * 8000 * x);
        });
    assertThat(largest(bench.finish(), "audio.true_peak_dbtp")).isBetween(-0.4, 0.2);
  }

  @ParameterizedTest
  @CsvSource({"1, -20, -30, 10", "2, -20, -15, 5", "3, -40, -20, 20"})
  void tech3342_cases1To3_rangeIsTheStep(int number, double first, double second, double range) {
    assertThat(last(tone(first, 20, second, 20), RANGE))
        .as("case %d", number)
        .isCloseTo(range, within(1.0));
  }

  @Test
  void tech3342_case4_rangeLeavesTheFaintPartsOut() {
    assertThat(last(tone(-50, 20, -35, 20, -20, 20, -35, 20, -50, 20), RANGE))
        .isCloseTo(15, within(1.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {32_000, 44_100, 96_000})
  void sampleRate_any_sameLoudness(int rate) {
    SoundBench bench = new SoundBench(new LoudnessFactory(), rate, ChannelLayout.STEREO);
    bench.play(4, (c, t) -> sine(1000, -23, t));
    assertThat(last(bench.finish(), INTEGRATED)).isCloseTo(-23, within(0.1));
  }

  @Test
  void defaults_loudTone_noFinding() {
    assertThat(tone(0, 12).closed()).isEmpty();
  }

  @Test
  void target_programmeAboveIt_isAFindingFromTheStart() {
    SoundBench bench = stereo(Map.of("maxLufs", -22.0));
    List<Finding> findings = bench.play(12, (c, t) -> sine(1000, -15, t)).finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().kind()).isEqualTo("audio.loudness");
    assertThat(findings.getFirst().measurements().get("integratedLufs"))
        .isCloseTo(-15, within(0.1));
    assertThat(findings.getFirst().startMicros()).isLessThan(500_000);
  }

  @Test
  void limit_peaksAboveIt_areInformation() {
    SoundBench bench = stereo(Map.of("maxTruePeakDbtp", -1.0));
    List<Finding> findings = bench.play(3, (c, t) -> sine(1000, 0, t)).finish().closed();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().kind()).isEqualTo("audio.true_peak");
    assertThat(findings.getFirst().severity()).isEqualTo(Severity.INFO);
    assertThat(findings.getFirst().measurements().get("truePeakDbtp")).isCloseTo(0, within(0.2));
  }

  private static final Map<String, Double> STRICT =
      Map.of("maxLufs", -22.0, "maxTruePeakDbtp", -12.0);
  private static final TestSound.Generator LOUD = (c, t) -> sine(997, t > 6.0037 ? -10 : -20, t);

  @Test
  void chunking_anyRunLength_sameObservationsAndMetrics() {
    SoundBench regular = stereo(STRICT).play(20, LOUD);
    SoundBench random = stereo(STRICT).play(20, 1, 5000, LOUD);
    assertThat(random.finish().observations())
        .isNotEmpty()
        .isEqualTo(regular.finish().observations());
    for (String metric : List.of(MOMENTARY, INTEGRATED, RANGE, "audio.true_peak_dbtp")) {
      assertThat(random.sink().metric(metric)).isEqualTo(regular.sink().metric(metric));
    }
  }

  @Test
  void restore_inTheMiddle_sameObservationsAndMetrics() {
    SoundBench through = stereo(STRICT).play(4.555, LOUD).play(8, LOUD).play(8, LOUD);
    SoundBench restarted =
        stereo(STRICT).play(4.555, LOUD).restart().play(8, LOUD).restart().play(8, LOUD);
    assertThat(restarted.finish().observations())
        .isNotEmpty()
        .isEqualTo(through.finish().observations());
    for (String metric : List.of(MOMENTARY, INTEGRATED, RANGE, "audio.true_peak_dbtp")) {
      assertThat(restarted.sink().metric(metric)).isEqualTo(through.sink().metric(metric));
    }
  }

  @Test
  void finish_withFindingsOpen_leavesNothingOpen() {
    SoundBench bench = stereo(STRICT).play(19, LOUD);
    assertThat(bench.finish().closed()).hasSize(2);
    assertThat(bench.sink().open()).isEmpty();
  }
}
