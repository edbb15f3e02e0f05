package io.aircheck.app.cost.measure.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.media.FrameView;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaSource;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Quantity;
import io.aircheck.testkit.FakeSource;
import io.aircheck.testkit.FakeSources;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FrameServerTest {
  private static final int PICTURES = 3 * FrameSender.PLACES;

  /** Pictures that get brighter. */
  private final FakeSources decoded =
      new FakeSources()
          .on(
              "a",
              () -> {
                FakeSource source = FakeSource.of(false);
                for (int i = 0; i < PICTURES; i++) {
                  source.picture(i * 40_000L, 16 + i);
                }
                return source;
              });

  private final SharedSources shared = new SharedSources(new FakeSources());

  private FrameServer server(int receivers) throws IOException {
    return new FrameServer(decoded, SourceRequest.of("a"), receivers);
  }

  private static int luma(FrameView frame) {
    MemorySegment plane = frame.plane(0);
    return Byte.toUnsignedInt(plane.get(ValueLayout.JAVA_BYTE, 0));
  }

  /** Luma of each picture, and of the one before it where there is one. */
  private List<String> receive(SourceRequest request) throws MediaException {
    List<String> seen = new ArrayList<>();
    try (MediaSource source = shared.open(request)) {
      MediaEvent event = source.next();
      assertThat(event).isInstanceOf(MediaEvent.FormatChange.class);
      while (!(event instanceof MediaEvent.End)) {
        if (event instanceof MediaEvent.Video video) {
          FrameView before = video.frame().previous();
          seen.add((before == null ? "" : luma(before) + " ") + luma(video.frame()));
          assertThat(video.frame().ptsMicros()).isEqualTo((seen.size() - 1) * 40_000L);
        }
        event = source.next();
      }
    }
    return seen;
  }

  @Test
  void receivers_eachOfThem_getsEveryPictureOnce() throws Exception {
    try (FrameServer server = server(2);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      SourceRequest request = server.request("s");
      Future<List<String>> one = threads.submit(() -> receive(request));
      Future<List<String>> other = threads.submit(() -> receive(request));

      assertThat(one.get()).hasSize(PICTURES).startsWith("16").isEqualTo(other.get());
      assertThat(one.get()).last().asString().endsWith("" + (15 + PICTURES));
      assertThat(decoded.opened()).hasSize(1);
      assertThat(server.usage().of(Quantity.FRAME_BYTES)).isPositive();
    }
  }

  @Test
  void open_withoutAConverter_saysSo() throws Exception {
    // A port that is taken, so that no other test gets it, and at which nobody listens.
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SourceRequest request =
          SourceRequest.of("frames://127.0.0.1:%d/s".formatted(silent.getLocalPort()));

      assertThatThrownBy(() -> shared.open(request))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("no converter hands it on");
    }
  }

  @Test
  void receiver_whoseConverterFails_saysSo() throws Exception {
    FakeSources failing =
        new FakeSources()
            .on(
                "a",
                () ->
                    FakeSource.of(false)
                        .picture(0, 16)
                        .failure(MediaException.Reason.DISCONNECTED, "cut off"));
    try (FrameServer server = new FrameServer(failing, SourceRequest.of("a"), 1)) {
      assertThatThrownBy(() -> receive(server.request("s")))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("the converter is gone");
    }
  }
}
