package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A live stream that is not there when it is to be watched is told of, and waited for. */
@Tag("slow")
@ExtendWith(MachineFixture.Shared.class)
class StateMachineAwaitedTest {
  private static final String PLAYLIST = "later.m3u8";

  private final MachineFixture machine;

  StateMachineAwaitedTest(MachineFixture machine) {
    this.machine = machine;
  }

  /** An execution for each segment, and an incident that is over as soon as its defect is. */
  private static Calls.Watch watch(String uri) {
    return new Calls.Watch(
        "later",
        "1",
        uri,
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of(new DetectorChoice(Kinds.STREAM_UNAVAILABLE, Map.of())),
        true,
        List.of(),
        new IncidentPolicy(Severity.WARNING, Map.of(), 0),
        Map.of(),
        500_000,
        0,
        1);
  }

  /** The stream comes with the third execution; every answer gets lost once. */
  private final class ComesLate implements FunctionsServer.Happening {
    private final AtomicInteger plans = new AtomicInteger();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    @Override
    public void before(String function, byte[] json) throws IOException {
      if (function.equals("plan") && plans.incrementAndGet() == 5) {
        machine.publish(PLAYLIST, "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nclip.ts\n");
      }
      if (function.equals("convert")
          && !SegmentJson.read(json, Calls.Convert.class).input().awaited()) {
        // The only thing that ends the watch of a live stream.
        throw new SetupException(new IllegalStateException("denied"));
      }
    }

    @Override
    public void after(String function, byte[] json) {
      boolean first =
          function.equals("plan")
              ? plans.get() % 2 == 1
              : lost.add(function + new String(json, StandardCharsets.UTF_8));
      if (first) {
        throw new PassingException(new IllegalStateException("the answer got lost"));
      }
    }
  }

  @Test
  void execution_liveStreamNotThereYet_isOneIncidentUntilItIsThere() throws Exception {
    long begunMillis = System.currentTimeMillis();
    AslInterpreter.Execution execution;
    List<String> told;
    try (FunctionsServer server = machine.functions(new ComesLate())) {
      execution = AslInterpreter.run(watch(server.file(PLAYLIST)), server.uri());
      told = List.copyOf(server.told());
    }

    assertThat(execution.error())
        .as(execution.said().toString())
        .isEqualTo(SetupException.class.getName());
    assertThat(execution.started().size()).isGreaterThanOrEqualTo(3);
    List<IncidentChange> changes =
        machine.folded("later").stream().flatMap(segment -> segment.changes().stream()).toList();
    assertThat(changes)
        .extracting(IncidentChange::type)
        .containsExactly(
            IncidentChange.Type.OPENED, IncidentChange.Type.RECOVERING, IncidentChange.Type.CLOSED);
    assertThat(changes)
        .extracting(change -> change.incident().id())
        .containsOnly(changes.getFirst().incident().id());
    assertThat(changes.getFirst().atMillis()).isCloseTo(begunMillis, within(60_000L));
    assertThat(told)
        .containsExactly(
            "later: stream.unavailable opened",
            "later: stream.unavailable is recovering",
            "later: stream.unavailable closed");
  }
}
