package io.aircheck.app.cost.measure.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptSourcesTest {
  private final FakeSources inputs =
      new FakeSources()
          .on(
              "a",
              () -> {
                FakeSource source = FakeSource.of(false);
                for (int i = 0; i < 6; i++) {
                  source.picture(i * 40_000L, 128);
                }
                return source;
              });

  private final KeptSources sources = new KeptSources(inputs);

  private static List<Long> pictures(MediaSource source, int wanted) throws MediaException {
    List<Long> seen = new ArrayList<>();
    while (seen.size() < wanted) {
      if (source.next() instanceof MediaEvent.Video video) {
        seen.add(video.frame().ptsMicros());
      }
    }
    return seen;
  }

  @Test
  void open_fromAPosition_goesOnWithWhatIsStillOpen() throws Exception {
    MediaSource first = sources.open(SourceRequest.of("a"));
    assertThat(pictures(first, 2)).containsExactly(0L, 40_000L);
    String position = first.position();
    first.close();

    MediaSource second =
        sources.open(
            SourceRequest.of("a").withResumeFrom(Optional.of(position)).withOriginMicros(80_000));

    assertThat(second.next()).isEqualTo(new MediaEvent.FormatChange(first.info(), 80_000));
    assertThat(pictures(second, 2)).containsExactly(80_000L, 120_000L);
    assertThat(inputs.opened()).hasSize(1);
    second.close();
    sources.close();
    assertThat(inputs.opened()).allMatch(FakeSource::isClosed);
  }

  @Test
  void open_fromAPositionThatIsNotKept_beginsAnew() throws Exception {
    MediaSource source = sources.open(SourceRequest.of("a").withResumeFrom(Optional.of("kept-99")));

    assertThat(pictures(source, 1)).containsExactly(0L);
  }
}
