package io.aircheck.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.detect.Detector;
import io.aircheck.core.detect.ExcusingDetector;
import io.aircheck.core.media.MediaInfo;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Observation;
import io.aircheck.core.observe.ObservationSink;
import io.aircheck.core.observe.Severity;
import io.aircheck.testkit.CapturingSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectedFindingsTest {
  /** Excuses what begins from 10 s to 12 s, up to 14 s. */
  private static final class Window implements ExcusingDetector {
    private boolean known = true;

    @Override
    public Optional<Excuse> excuse(Finding finding) {
      boolean inside =
          known && finding.startMicros() >= 10_000_000 && finding.startMicros() <= 12_000_000;
      return inside ? Optional.of(new Excuse(14_000_000, "as planned")) : Optional.empty();
    }

    @Override
    public void configure(MediaInfo info, long ptsMicros, ObservationSink out) {}

    @Override
    public void finish(long ptsMicros, ObservationSink out) {}

    @Override
    public void snapshot(DataOutput state) {}

    @Override
    public void restore(DataInput state) {}
  }

  private final Window window = new Window();
  private final CapturingSink sink = new CapturingSink();
  private ExpectedFindings findings = asking(window);

  private ExpectedFindings asking(Detector detector) {
    ExpectedFindings asking = new ExpectedFindings(sink);
    asking.ask((ExcusingDetector) detector);
    return asking;
  }

  private static Finding finding(double from, double to) {
    return new Finding(
        "video.black/1",
        "video.black",
        Math.round(from * 1e6),
        Math.round(to * 1e6),
        Severity.ERROR,
        0.9,
        "video:0",
        null,
        Map.of("luma", 16.0),
        "black");
  }

  /** What was told: word, whether expected, severity, end. */
  private List<String> told() {
    return sink.observations().stream()
        .map(
            observation -> {
              Finding finding =
                  switch (observation) {
                    case Observation.Opened opened -> opened.finding();
                    case Observation.Updated updated -> updated.finding();
                    case Observation.Closed closed -> closed.finding();
                    case Observation.Fingerprinted other -> throw new AssertionError();
                  };
              return "%s %s %s %.1f"
                  .formatted(
                      observation.getClass().getSimpleName(),
                      finding.expected() ? "expected" : "defect",
                      finding.severity().word(),
                      finding.endMicros() / 1e6);
            })
        .toList();
  }

  @Test
  void observe_withinItsExcuse_isInformation() {
    findings.observe(new Observation.Opened(finding(10, 11)));
    findings.passed(13_000_000);
    findings.observe(new Observation.Closed(finding(10, 13)));
    findings.passed(60_000_000);

    assertThat(told()).containsExactly("Opened expected info 11.0", "Closed expected info 13.0");
    assertThat(sink.closed().getFirst().message()).isEqualTo("black, as planned");
  }

  @Test
  void passed_outlastingItsExcuse_isToldAsADefect() {
    findings.observe(new Observation.Opened(finding(10, 11)));
    findings.passed(14_400_000);
    findings.passed(14_600_000);
    findings.passed(15_000_000);
    findings.observe(new Observation.Closed(finding(10, 15)));

    assertThat(told())
        .containsExactly(
            "Opened expected info 11.0", "Updated defect error 14.1", "Closed defect error 15.0");
  }

  @Test
  void observe_endToldLate_isNoDefect() {
    findings.observe(new Observation.Opened(finding(10, 11)));
    findings.passed(14_400_000);
    findings.observe(new Observation.Closed(finding(10, 13.9)));

    assertThat(told()).containsExactly("Opened expected info 11.0", "Closed expected info 13.9");
  }

  @Test
  void observe_elsewhere_isPassedOn() {
    findings.observe(new Observation.Opened(finding(5, 6)));
    findings.observe(new Observation.Closed(finding(5, 11)));

    assertThat(told()).containsExactly("Opened defect error 6.0", "Closed defect error 11.0");
  }

  @Test
  void observe_excuseKnownLater_isExpectedInTheEnd() {
    window.known = false;
    findings.observe(new Observation.Opened(finding(10, 11)));
    window.known = true;
    findings.observe(new Observation.Closed(finding(10, 12)));

    assertThat(told()).containsExactly("Opened defect error 11.0", "Closed expected info 12.0");
  }

  @Test
  void restore_whileExcused_stillTellsOfTheDefect() throws IOException {
    findings.observe(new Observation.Opened(finding(10, 11)));
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    findings.snapshot(new DataOutputStream(state));
    findings = asking(window);
    findings.restore(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
    findings.passed(15_000_000);

    assertThat(told()).containsExactly("Opened expected info 11.0", "Updated defect error 14.5");
    assertThat(((Observation.Updated) sink.observations().getLast()).finding())
        .isEqualTo(finding(10, 14.5));
  }
}
