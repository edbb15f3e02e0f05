package io.aircheck.deploy.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.deploy.flink.ReaderEvent.Load;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private final Placement placement = new Placement();
  private final List<Integer> owners = new ArrayList<>();

  private void place(int streams, Integer... readers) {
    for (int i = 0; i < streams; i++) {
      owners.add(placement.choose(List.of(readers), owners));
    }
  }

  @Test
  void choose_equalReaders_spreadsStreamsEvenly() {
    place(9, 0, 1, 2);

    assertThat(List.of(0, 1, 2))
        .allSatisfy(r -> assertThat(Collections.frequency(owners, r)).isEqualTo(3));
  }

  @Test
  void choose_largerReader_getsInProportion() {
    placement.measured(0, new Load(2, 0));
    placement.measured(1, new Load(6, 0));

    place(8, 0, 1);
    assertThat(Collections.frequency(owners, 1)).isEqualTo(6);

    place(72, 0, 1);
    assertThat(Collections.frequency(owners, 1)).isEqualTo(60);
  }

  @Test
  void choose_readerThatHasNotSaidWhatItIs_isTakenToBeLikeTheOthers() {
    placement.measured(0, new Load(8, 0));
    placement.measured(1, new Load(8, 0));

    place(21, 0, 1, 2);

    assertThat(Collections.frequency(owners, 2)).isEqualTo(7);
  }

  @Test
  void choose_busyReader_isLeftAlone() {
    placement.measured(0, new Load(4, 3.9));
    placement.measured(1, new Load(4, 1));

    place(3, 0, 1);

    assertThat(owners).containsOnly(1);
  }

  @Test
  void forget_readerThatStartsAfresh_isIdleAgain() {
    placement.measured(0, new Load(1, 1));
    placement.measured(1, new Load(1, 0.5));
    placement.forget(0);

    assertThat(placement.choose(List.of(0, 1), owners)).isZero();
  }
}
