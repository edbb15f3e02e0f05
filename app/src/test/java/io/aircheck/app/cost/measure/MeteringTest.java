package io.aircheck.app.cost.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.app.cost.MeasuredDeployment;
import io.aircheck.core.deploy.StreamObservation.Point;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.task.TaskStatistics;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.inprocess.TaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MeteringTest {
  private static final Work WORK = new Work(SourceRequest.of("a"), List.of(), List.of());

  /** Watches a second of each stream whenever it is asked; costs more while it is new. */
  private static final class Ticking implements Candidate {
    private final List<String> said = new ArrayList<>();
    private final boolean failing;

    Ticking(boolean failing) {
      this.failing = failing;
    }

    @Override
    public String id() {
      return "ticking";
    }

    @Override
    public String description() {
      return "a fake";
    }

    @Override
    public int[] streams() {
      return new int[] {1, 3};
    }

    @Override
    public Running start(Work work, ProbeFactory probes, Witness witness) {
      Meter meter = new Meter();
      return new Running() {
        private int streams;
        private int asked;

        @Override
        public void watch(int wanted) {
          said.add("watch " + wanted);
          streams = wanted;
          asked = 0;
        }

        @Override
        public Usage usage() {
          if (failing && streams > 1) {
            probes
                .probe(new TaskId("s", null, Point.MONITORED))
                .ended(
                    new TaskStatistics(0, 0, 7, 0, 0, Map.of()),
                    new MediaException(MediaException.Reason.NOT_FOUND, "gone"));
          } else if (streams > 0) {
            asked++;
            meter.add(Quantity.STREAM_SECONDS, streams);
            meter.add(Quantity.CPU_SECONDS, streams * (asked <= 1 ? 10 : 0.5));
          }
          return meter.usage();
        }

        @Override
        public void close() {
          said.add("close");
        }
      };
    }
  }

  private static MeasuredDeployment measure(Candidate candidate)
      throws IOException, InterruptedException {
    return new Metering(new Metering.Timing(1, 2), line -> {}).measure(candidate, WORK);
  }

  @Test
  void measure_afterWarmingUp_metersOnlyWhatComesThen() throws Exception {
    Ticking candidate = new Ticking(false);

    MeasuredDeployment measured = measure(candidate);

    assertThat(candidate.said).containsExactly("watch 1", "watch 3", "close");
    assertThat(measured.metered()).extracting(one -> one.streams()).containsExactly(1, 3);
    assertThat(measured.metered())
        .allSatisfy(
            one -> {
              assertThat(one.usage().of(Quantity.STREAM_SECONDS)).isEqualTo(2.0 * one.streams());
              assertThat(one.usage().of(Quantity.CPU_SECONDS)).isEqualTo(1.0 * one.streams());
            });
    assertThat(measured.load()).isEmpty();
  }

  @Test
  void measure_inputThatIsLost_saysWhyAndStops() {
    Ticking candidate = new Ticking(true);

    assertThatThrownBy(() -> measure(candidate)).isInstanceOf(IOException.class).hasMessage("gone");
    assertThat(candidate.said).last().isEqualTo("close");
  }

  @Test
  void within_aShortInput_metersLessAndRefusesTooLittle() {
    Metering.Timing timing = new Metering.Timing(15, 20);

    assertThat(timing.within(100)).isEqualTo(timing);
    assertThat(timing.within(30)).isEqualTo(new Metering.Timing(15, 14));
    assertThatThrownBy(() -> timing.within(20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lasts 20 s, needs 21 s: take a longer one, or a shorter --warm-up");
  }
}
