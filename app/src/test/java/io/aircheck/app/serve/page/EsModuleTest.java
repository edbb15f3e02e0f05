package io.aircheck.app.serve.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EsModuleTest {
  private static EsModule parse(String text) {
    return EsModule.parse("/page/kit/some.js", text);
  }

  @Test
  void joined_declarations_areReturnedByName() {
    EsModule module =
        parse(
            """
            // What it is for.
            import { html, render as draw } from "/page/kit/lit.js";

            export const ONE = 1;
            export class Two {}
            export async function three() { return html`${ONE}`; }
            """);

    assertThat(module.imports()).containsExactly("/page/kit/lit.js");
    assertThat(module.joined())
        .isEqualTo(
            """
            // /page/kit/some.js
            const $kit_some = (() => {
            // What it is for.
            const { html, render: draw } = $kit_lit;

            const ONE = 1;
            class Two {}
            async function three() { return html`${ONE}`; }
            return { ONE, Two, three };
            })();
            """);
  }

  @Test
  void joined_minifiedLibrary_isReadLikewise() {
    EsModule module =
        EsModule.parse(
            "/page/lib/lit-html/directives/some.js",
            "import{nothing as t}from\"../lit-html.js\";import e from\"./e.js\";"
                + "/** @license */const o=o=>o??t;export{o as some,e as default};"
                + "export{directive}from\"../directive.js\";\n//# sourceMappingURL=some.js.map");

    assertThat(module.imports())
        .containsExactly(
            "/page/lib/lit-html/lit-html.js",
            "/page/lib/lit-html/directives/e.js",
            "/page/lib/lit-html/directive.js");
    assertThat(module.joined())
        .contains("const { nothing: t } = $lib_lit_html_lit_html;")
        .contains("const { default: e } = $lib_lit_html_directives_e;")
        .contains("return { some: o, default: e, directive: $lib_lit_html_directive.directive };")
        .doesNotContain("sourceMappingURL");
  }

  @Test
  void lazy_importOnDemand_isLeftAsItIs() {
    EsModule module = parse("const view = () => import(\"/page/stream/view.js\");\n");

    assertThat(module.imports()).isEmpty();
    assertThat(module.lazy()).containsExactly("/page/stream/view.js");
    assertThat(module.body()).isEqualTo("const view = () => import(\"/page/stream/view.js\");");
  }

  @Test
  void parse_wordsInText_areNotTaken() {
    String text = "const said = \"to import { a } and to export { b }\"; const important = {};";

    assertThat(parse(text).imports()).isEmpty();
    assertThat(parse("const exports = { a };").exports()).isEmpty();
  }

  @Test
  void parse_whatACopyWouldNotFollow_isRefused() {
    for (String text :
        new String[] {
          "export let count = 0;", "import * as all from \"/page/kit/api.js\";",
          "export default 1;", "export * from \"/page/kit/api.js\";"
        }) {
      assertThatThrownBy(() -> parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("/page/kit/some.js")
          .hasMessageContaining(text);
    }
  }
}
