package io.aircheck.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("AIRCHECK_KEY", "one", "AWS_SECRET_ACCESS_KEY", "two");

  private static ObjectNode url(String text) {
    return JsonNodeFactory.instance.objectNode().put("url", text);
  }

  @Test
  void expand_variableInText_isReplaced() throws Exception {
    assertThat(
            Secrets.ofFile(ENVIRONMENT)
                .expand(url("a?k=${AIRCHECK_KEY}&b=${AWS_SECRET_ACCESS_KEY}"))
                .path("url")
                .asText())
        .isEqualTo("a?k=one&b=two");
  }

  @Test
  void expand_fileReference_isItsContent(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("secret");
    Files.writeString(file, "three\n");

    assertThat(Secrets.ofFile(Map.of()).expand(url("${file:" + file + "}")).path("url").asText())
        .isEqualTo("three");
  }

  @Test
  void expand_overTheApi_onlyOwnVariables() throws Exception {
    Secrets secrets = Secrets.ofApi(ENVIRONMENT);

    assertThat(secrets.expand(url("${AIRCHECK_KEY}")).path("url").asText()).isEqualTo("one");
    assertThatThrownBy(() -> secrets.expand(url("http://evil/?${AWS_SECRET_ACCESS_KEY}")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("AIRCHECK_")
        .hasMessageNotContaining("two");
    assertThatThrownBy(() -> secrets.expand(url("${file:/etc/passwd}")))
        .isInstanceOf(SettingsException.class);
  }
}
