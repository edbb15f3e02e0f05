package io.aircheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SourceFormatTest {

  @Test
  void sources_asCommitted_areFormatted() throws FormatterException {
    SourceTree tree = SourceTree.ofWorkingDirectory();
    SourceFormat format = new SourceFormat();
    List<String> unformatted = new ArrayList<>();
    for (Path file : tree.filesEnding(".java")) {
      String source = SourceTree.read(file);
      if (!format.apply(source).equals(source)) {
        unformatted.add(tree.relative(file));
      }
    }
    assertThat(unformatted)
        .as("run: ./mvnw -q -Pformat -pl architecture-tests -am -DskipTests package")
        .isEmpty();
  }
}
