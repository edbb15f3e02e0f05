package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.app.serve.page.ViewerScript;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptRoutesTest extends ApiFixture {
  private static final int MOST_COMPRESSED_BYTES = 5_000;

  @BeforeEach
  void start() throws Exception {
    start(List.of());
  }

  @Test
  void script_isForEveryPage_andKeptForAnHour() throws Exception {
    HttpResponse<String> script = send(request("/aircheck.js"));

    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(script.headers().firstValue("Cache-Control")).hasValue("public, max-age=3600");
    assertThat(script.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(script.headers().allValues("Cross-Origin-Resource-Policy"))
        .containsExactly("cross-origin");
    assertThat(script.body()).contains("window.aircheck");

    String tag = script.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = send(request("/aircheck.js").headers("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void script_isSmall() {
    assertThat(ViewerScript.installed().compressed()).hasSizeLessThan(MOST_COMPRESSED_BYTES);
  }
}
