package io.aircheck.benchmarks.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.benchmarks.origin.Programme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstViewerOriginTest {
  private static final Programme PROGRAMME =
      new Programme(
          IntStream.range(0, 5)
              .mapToObj(i -> ("segment " + i).getBytes(StandardCharsets.UTF_8))
              .toList(),
          List.of());

  private static HttpResponse<String> get(FirstViewerOrigin origin, String name) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(origin.address()).resolve(name)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void playlist_beforeTheFirstViewer_listsWhatOneJoinsWithAndNoEnd() throws Exception {
    try (FirstViewerOrigin origin = new FirstViewerOrigin(PROGRAMME)) {
      assertThat(get(origin, "live.m3u8").body())
          .contains("\n0.ts\n", "\n1.ts\n", "\n2.ts\n")
          .doesNotContain("3.ts", "#EXT-X-ENDLIST");
      assertThatThrownBy(() -> origin.madeMillis(0)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void segment_first_beginsTimeThreeSegmentsIntoTheProgramme() throws Exception {
    try (FirstViewerOrigin origin = new FirstViewerOrigin(PROGRAMME)) {
      long before = System.currentTimeMillis();
      assertThat(get(origin, "1.ts").body()).isEqualTo("segment 1");
      long after = System.currentTimeMillis();

      assertThat(origin.madeMillis(6_000)).isBetween(before, after);
      assertThat(origin.madeMillis(7_000)).isEqualTo(origin.madeMillis(6_000) + 1_000);
    }
  }

  @Test
  void segment_thatThereIsNot_isNotFound() throws Exception {
    try (FirstViewerOrigin origin = new FirstViewerOrigin(PROGRAMME)) {
      assertThat(get(origin, "5.ts").statusCode()).isEqualTo(404);
      assertThat(get(origin, "x.ts").statusCode()).isEqualTo(404);
    }
  }
}
