package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.SourceRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanBytesTest {
  private final PlanBytes bytes = new PlanBytes();

  private static StreamOrder order(String stream) {
    return StreamOrder.of(
        new StreamSpec(stream, SourceRequest.of("a"), Optional.empty(), List.of(), List.of(), true),
        List.of(),
        IncidentPolicy.DEFAULT,
        Map.of("cdn", "north"));
  }

  private Plan thereAndBack(Plan plan) throws IOException {
    return bytes.deserialize(bytes.getVersion(), bytes.serialize(plan));
  }

  @Test
  void serialize_otherOrdersAfterThose_isEachThereAndBack() throws IOException {
    Orders one = new Orders("t", 1, List.of(order("a"), order("b")), false);
    Orders two = new Orders("t", 2, List.of(order("b")), true);
    List<StreamSplit> waiting = List.of(StreamSplit.begin(order("c")));

    assertThat(thereAndBack(Plan.NONE)).isEqualTo(Plan.NONE);
    assertThat(thereAndBack(new Plan(one, List.of()))).isEqualTo(new Plan(one, List.of()));
    assertThat(thereAndBack(new Plan(one, waiting))).isEqualTo(new Plan(one, waiting));
    assertThat(thereAndBack(new Plan(two, List.of()))).isEqualTo(new Plan(two, List.of()));
  }

  @Test
  void deserialize_halfOfTheBytes_isRefused() throws IOException {
    byte[] whole = bytes.serialize(new Plan(Orders.NONE, List.of()));

    assertThatThrownBy(
            () -> bytes.deserialize(bytes.getVersion(), Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(IOException.class);
  }
}
