package io.aircheck.app.serve.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentAddressTest {
  private static final ContentAddress ADDRESS =
      new ContentAddress("https://origin.example.com/live/{content}/master.m3u8?id={content}");

  @Test
  void of_contents_areEncodedWhereverTheyStand() {
    assertThat(ADDRESS.of("channel-1"))
        .contains("https://origin.example.com/live/channel-1/master.m3u8?id=channel-1");
    assertThat(ADDRESS.of("Fußball/1 + 2"))
        .contains(
            "https://origin.example.com/live/Fu%C3%9Fball%2F1%20%2B%202/master.m3u8"
                + "?id=Fu%C3%9Fball%2F1%20%2B%202");
    assertThat(ADDRESS.of("a@b:80"))
        .contains(ADDRESS.template().replace("{content}", "a%40b%3A80"));
  }

  @Test
  void of_whatCouldLeadElsewhere_hasNoAddress() {
    List<String> hostile =
        List.of(
            "",
            "   ",
            ".",
            "..",
            "../x",
            "a/../../b",
            "a/./b",
            "/a",
            "a//b",
            "a/",
            "..\\x",
            "%2e%2e",
            "%2e%2e%2f",
            "a\r\nHost: x",
            "a\u0000",
            "a\u202eb",
            "${AIRCHECK_TOKEN}",
            "{content}",
            "a?b",
            "a#b",
            "a&b=c",
            "a;b",
            "<a>",
            "\"",
            "'",
            "x".repeat(129));
    assertThat(hostile).allSatisfy(content -> assertThat(ADDRESS.of(content)).isEmpty());
  }

  @Test
  void of_anythingAtAll_changesNeitherHostNorFolder() {
    Random random = new Random(5);
    String alphabet = "ab1./\\%:@?#&=+ ~!()[]{}$;,é\u2215\uff0e\uff0f\n\t\u0000";
    int addresses = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder content = new StringBuilder();
      for (int n = 1 + random.nextInt(8); n > 0; n--) {
        content.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Optional<String> found = ADDRESS.of(content.toString());
      if (found.isPresent()) {
        addresses++;
        URI address = URI.create(found.get());
        assertThat(address.getRawAuthority()).isEqualTo("origin.example.com");
        assertThat(address.getRawPath()).matches("/live/[^/]+/master\\.m3u8");
        assertThat(Path.of(address.getPath()).normalize())
            .as("decoded, and dots taken for folders")
            .asString()
            .startsWith("/live/");
        assertThat(address.getQuery()).isEqualTo("id=" + content);
      }
    }
    assertThat(addresses).isGreaterThan(1_000);
  }

  @Test
  void template_withoutAPlaceInPathOrQuery_isRefused() {
    for (String template :
        List.of(
            "https://origin.example.com/master.m3u8",
            "https://{content}.example.com/master.m3u8",
            "https://{content}.example.com/{content}.m3u8",
            "https://origin.example.com{content}/a",
            "https://user:word@origin.example.com/{content}",
            "file:///media/{content}.ts",
            "https://origin.example.com/{id}/{content}",
            "https://origin.example.com/#{content}",
            "{content}")) {
      assertThatThrownBy(() -> new ContentAddress(template))
          .as(template)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
