package io.aircheck.experience.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.viewer.ReportLog;
import io.aircheck.experience.engine.Collector.Answer;
import io.aircheck.experience.engine.Intake;
import io.aircheck.experience.engine.ReportReader;
import io.aircheck.experience.engine.SenderLimits;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.IntakeCounters;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.intake.Target;
import io.aircheck.experience.report.ReportSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatelessCollectorTest {
  private static final String ADDRESS = "198.51.100.77";

  private final List<String> handedOver = new ArrayList<>();

  @Test
  void report_handedOver_hasThePlaceAndNotTheAddress() {
    Arrivals arrivals =
        new Arrivals(address -> new Location("SE", "AS64500"), OptOut.DEFAULT, Set.of());
    Intake intake =
        new Intake(
            new ReportReader(Map.of()),
            arrivals,
            new SenderLimits(10, 100),
            new IntakeCounters(),
            InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)),
            new StatelessCollector(new Kept()));
    byte[] body =
        "{\"session\":\"s1\",\"time\":1700000000000,\"state\":\"playing\"}"
            .getBytes(StandardCharsets.UTF_8);

    Answer answer =
        intake.take(
            ReportSchema.PLAIN,
            new Sender(ADDRESS, "Made/77.77", null, null),
            new Target("/r", Map.of()),
            Location.UNKNOWN,
            body);

    assertThat(answer).isEqualTo(new Answer.Taken(1, 0));
    assertThat(handedOver).hasSize(1);
    assertThat(handedOver.getFirst())
        .contains("\"SE\"", "\"AS64500\"")
        .doesNotContain(ADDRESS, "Made/77.77");
  }

  private final class Kept implements ReportLog {
    @Override
    public void append(long atMillis, List<Entry> entries) {
      entries.forEach(entry -> handedOver.add(new String(entry.reports(), StandardCharsets.UTF_8)));
    }

    @Override
    public void tick(long atMillis) {}

    @Override
    public Optional<String> problem() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
