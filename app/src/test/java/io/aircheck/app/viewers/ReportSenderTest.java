package io.aircheck.app.viewers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.audience.crowd.Cohort;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.viewer.Post;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReportSenderTest {
  private static final long PATIENCE_MILLIS = 20_000;
  private static final Cohort COHORT =
      Cohort.of(
          Map.of(
              Dimension.PLAYER, "hls.js",
              Dimension.PLAYER_VERSION, "1.7.4",
              Dimension.APP_VERSION, "3.1 beta",
              Dimension.DEVICE, "tv",
              Dimension.COUNTRY, "DE",
              Dimension.NETWORK, "AS3320"));

  private final FakePace pace = new FakePace();

  @SuppressWarnings("NullAway.Init")
  private FakeCollector service;

  @SuppressWarnings("NullAway.Init")
  private Collector collector;

  @BeforeEach
  void start() throws IOException {
    service = new FakeCollector();
    collector = new Collector(service.address());
  }

  @AfterEach
  void stop() {
    collector.close();
    service.close();
  }

  private static Post post(String session, String body) {
    return new Post(0, session, COHORT, "agent/1", 2, body.getBytes(StandardCharsets.UTF_8));
  }

  private Sent send(int connections, Post... posts) throws InterruptedException {
    try (ReportSender sender = new ReportSender(collector, pace, connections)) {
      for (Post post : posts) {
        sender.send(post);
      }
      sender.finish(PATIENCE_MILLIS);
      return sender.sent();
    }
  }

  @Test
  void post_isSentAsAPlayerSendsIt_withWhatTheAddressTells() throws Exception {
    Sent sent = send(1, post("s", "e=t"));

    assertThat(sent).isEqualTo(new Sent(2, 0, 0, 0, 0, 0));
    assertThat(service.requests)
        .containsExactly(
            new FakeCollector.Request(
                "POST",
                "/v1/viewers/reports",
                "appVersion=3.1+beta&country=DE&device=tv&network=AS3320&player=hls.js"
                    + "&playerVersion=1.7.4",
                "application/cmcd",
                "agent/1",
                "e=t"));
  }

  @Test
  void posts_ofASession_keepTheirOrderOverManyConnections() throws Exception {
    Post[] posts =
        IntStream.range(0, 300)
            .mapToObj(i -> post("session-" + i % 7, i % 7 + ":" + i))
            .toArray(Post[]::new);

    assertThat(send(8, posts).accepted()).isEqualTo(600);
    for (int session = 0; session < 7; session++) {
      String begin = session + ":";
      List<Integer> order =
          service.bodies().stream()
              .filter(body -> body.startsWith(begin))
              .map(body -> Integer.valueOf(body.substring(begin.length())))
              .toList();
      assertThat(order).hasSizeGreaterThan(40).isSorted();
    }
  }

  @Test
  void tooMuch_isSentAgainAfterTheWaitThatWasAskedFor() throws Exception {
    service.answers.addAll(List.of(429, 429));

    assertThat(send(1, post("s", "a"), post("s", "b"))).isEqualTo(new Sent(4, 0, 0, 0, 2, 0));
    assertThat(pace.waits).containsExactly(7_000L, 7_000L);
    assertThat(service.bodies()).containsExactly("a", "a", "a", "b");
  }

  @Test
  void sessionThatIsToldToStop_isSilent_andOthersAreNot() throws Exception {
    service.answers.add(410);

    Sent sent = send(1, post("s", "a"), post("s", "b"), post("other", "c"));

    assertThat(sent).isEqualTo(new Sent(2, 0, 4, 0, 0, 0));
    assertThat(service.bodies()).containsExactly("a", "c");
  }

  @Test
  void failureOfTheServer_isTriedAgain_longerEachTime_andGivenUp() throws Exception {
    service.answers.addAll(List.of(503, 500, 204, 503, 503, 503, 503));

    Sent sent = send(1, post("s", "a"), post("s", "b"), post("s", "c"));

    assertThat(sent).isEqualTo(new Sent(4, 0, 0, 2, 0, 5));
    assertThat(pace.waits).containsExactly(500L, 1_000L, 500L, 1_000L, 2_000L);
    assertThat(service.bodies()).containsExactly("a", "a", "a", "b", "b", "b", "b", "c");
  }

  @Test
  void refusal_isCountedAndNotRepeated() throws Exception {
    service.answers.add(400);

    assertThat(send(1, post("s", "a"), post("s", "b"))).isEqualTo(new Sent(2, 2, 0, 0, 0, 0));
  }

  @Test
  void check_saysWhatIsWrong() throws Exception {
    collector.check();
    // A port that is taken, so that nobody else gets it, and at which nobody listens.
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (Collector nobody = new Collector("http://127.0.0.1:" + silent.getLocalPort())) {
        assertThatThrownBy(nobody::check)
            .hasMessageContaining("nothing answers at http://127.0.0.1");
      }
    }
    assertThatThrownBy(() -> new Collector("localhost")).hasMessageContaining("no address");
    assertThat(new Collector("http://localhost/own/place?app=1").address())
        .hasToString("http://localhost/own/place?app=1");
  }
}
