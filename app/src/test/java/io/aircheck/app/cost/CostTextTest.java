package io.aircheck.app.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.report.Palette;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CostTextTest {

  @Test
  void write_aMeasurement_tellsItemsLimitsAndTheDifference() {
    StringWriter out = new StringWriter();

    CostText.write(
        MeasurementJsonTest.MEASUREMENT,
        Prices.shipped(),
        new PrintWriter(out, true),
        Palette.PLAIN);

    assertThat(out.toString())
        .contains("clip.mp4, 2 detectors, measured 2026-11-27T10:00:00Z")
        .contains("Fargate, 4 vCPU, 8 GB: holds 12 streams")
        .contains("each stream: 0.200 cores, 50 MB; besides: 200 MB")
        .containsPattern("stateTransitions +10800 +10800 +0.0000250000 +0.270000 +92.8 %")
        .containsPattern("serverless +0.290880 +17.68  500 streams: Step Functions")
        // 0.01645666... of 0.29088
        .contains("inprocess costs 94.3 % less than serverless")
        .contains("3 pictures were not looked at")
        .contains("flink was not measured: no cluster");
  }
}
