package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageRoutesTest extends ApiFixture {
  @BeforeEach
  void start() throws Exception {
    start(List.of());
  }

  private HttpResponse<String> page(String path, String... headers) throws Exception {
    return send(headers.length == 0 ? request(path) : request(path).headers(headers));
  }

  @Test
  void views_ownAddresses_areTheDocument() throws Exception {
    String document = page("/").body();

    assertThat(document).startsWith("<!doctype html>");
    for (String view :
        List.of("/streams/a", "/incidents", "/incidents/7", "/checks", "/settings")) {
      assertThat(page(view).body()).as(view).isEqualTo(document);
    }
  }

  @Test
  void file_known_isNotSentAgain() throws Exception {
    HttpResponse<String> first = page("/page/main.js");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = page("/page/main.js", "If-None-Match", tag);

    assertThat(first.headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).hasValue(tag);
    assertThat(page("/page/main.js", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void file_whoTakesGzip_getsIt() throws Exception {
    assertThat(encodingFor("gzip, deflate, br")).isEqualTo("gzip");
    assertThat(encodingFor("br;q=1, gzip;q=0.8")).isEqualTo("gzip");
    assertThat(encodingFor("gzip;q=0, br")).isEmpty();
    assertThat(encodingFor("identity")).isEmpty();
  }

  private String encodingFor(String accepted) throws Exception {
    HttpResponse<String> answer = page("/page/css/page.css", "Accept-Encoding", accepted);
    assertThat(answer.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    return answer.headers().firstValue("Content-Encoding").orElse("");
  }

  @Test
  void file_unknown_isNotFound() throws Exception {
    for (String path :
        List.of("/page/none.js", "/page/kit/../main.js/", "/page/lib/lit-html/package.json")) {
      assertThat(page(path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
