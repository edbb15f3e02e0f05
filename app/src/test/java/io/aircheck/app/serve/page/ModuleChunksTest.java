package io.aircheck.app.serve.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleChunksTest {
  private final Map<String, String> sources = new HashMap<>();

  /** A module that exports its name. */
  private void module(String name, String... imports) {
    StringBuilder text = new StringBuilder();
    for (String imported : imports) {
      text.append("import { %s } from \"/page/%s.js\";\n".formatted(imported, imported));
    }
    sources.put("/page/%s.js".formatted(name), text + "export const %s = 1;\n".formatted(name));
  }

  private void loads(String name, String... lazy) {
    for (String loaded : lazy) {
      sources.merge(
          "/page/%s.js".formatted(name),
          "const load_%s = () => import(\"/page/%s.js\");\n".formatted(loaded, loaded),
          String::concat);
    }
  }

  private Map<String, String> chunks() {
    return ModuleChunks.of("/page/main.js", sources::get);
  }

  @Test
  void chunks_modulesOfTheStart_areOneFileInTheOrderOfTheirNeed() {
    module("main", "wall", "kit");
    module("wall", "kit", "tile");
    module("tile", "kit");
    module("kit");

    Map<String, String> chunks = chunks();

    assertThat(chunks).containsOnlyKeys("/page/main.js");
    assertThat(chunks.get("/page/main.js"))
        .containsSubsequence("$kit = ", "$tile = ", "$wall = ", "$main = ")
        .containsOnlyOnce("const $kit = ")
        .endsWith("export { $kit, $tile, $wall, $main };\n");
  }

  @Test
  void chunks_viewThatIsLoadedLater_hasItsOwnModulesAndTakesTheOthers() {
    module("main", "kit");
    loads("main", "stream");
    module("stream", "kit", "rendition");
    module("rendition");
    module("kit");

    Map<String, String> chunks = chunks();

    assertThat(chunks).containsOnlyKeys("/page/main.js", "/page/stream.js");
    assertThat(chunks.get("/page/main.js")).doesNotContain("$rendition", "$stream");
    assertThat(chunks.get("/page/stream.js"))
        .startsWith("import { $kit } from \"/page/main.js\";\n")
        .containsSubsequence("$rendition = ", "$stream = ")
        .endsWith("export const { stream } = $stream;\n");
  }

  @Test
  void chunks_moduleOfSeveralViews_isThereOnceWithWhatOnlyItNeeds() {
    module("main");
    loads("main", "stream", "incident");
    module("stream", "panel");
    module("incident", "panel");
    module("panel", "plot");
    module("plot");

    Map<String, String> chunks = chunks();

    assertThat(chunks)
        .containsOnlyKeys(
            "/page/main.js", "/page/stream.js", "/page/incident.js", "/page/panel.js");
    assertThat(chunks.get("/page/panel.js"))
        .containsSubsequence("$plot = ", "$panel = ")
        .endsWith("export { $plot, $panel };\n");
    assertThat(chunks.get("/page/stream.js"))
        .startsWith("import { $panel } from \"/page/panel.js\";\n")
        .doesNotContain("$plot");
  }

  @Test
  void chunks_viewThatTheStartHasAlready_isRefused() {
    module("main", "wall");
    loads("main", "wall");
    module("wall");

    assertThatThrownBy(this::chunks)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/page/wall.js is loaded when it is wanted");
  }

  @Test
  void chunks_circle_isRefusedWithItsModules() {
    module("main", "router");
    module("router", "wall");
    module("wall", "router");

    assertThatThrownBy(this::chunks)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/page/router.js, /page/wall.js, /page/router.js");
  }
}
