package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.SourceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeskTest {
  private static final StreamOrder ORDER =
      StreamOrder.of(
          new StreamSpec("s", SourceRequest.of("a"), Optional.empty(), List.of(), List.of(), true),
          List.of(),
          IncidentPolicy.DEFAULT,
          Map.of());

  private final Desk desk;
  private final DeskLink link;

  DeskTest() throws IOException {
    desk =
        new Desk(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "secret", outcome -> {});
    link = new DeskLink(desk.address());
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void read_nobodyHasSaidAnything_fails() {
    assertThatThrownBy(() -> link.read(Orders.NONE)).isInstanceOf(IOException.class);
  }

  @Test
  void read_ordersThatAreKnown_givesTheSameBack() throws IOException {
    desk.give("teller", List.of(ORDER), false);

    Orders first = link.read(Orders.NONE);
    Orders again = link.read(first);

    assertThat(first.streams()).containsExactly(ORDER);
    assertThat(again).isSameAs(first);
  }

  @Test
  void read_otherOrdersOrAnotherTeller_givesThose() throws IOException {
    desk.give("teller", List.of(ORDER), false);
    Orders first = link.read(Orders.NONE);
    desk.give("teller", List.of(), false);
    Orders fewer = link.read(first);
    Orders ofAnother = new Orders("another", fewer.edition(), fewer.streams(), false);

    assertThat(fewer.streams()).isEmpty();
    assertThat(link.read(ofAnother)).isEqualTo(fewer);
  }
}
