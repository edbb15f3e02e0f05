package io.aircheck.rules;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one format of the sources: google-java-format, imports ordered, unused imports removed. */
public final class SourceFormat {
  private final Formatter formatter = new Formatter();

  /** Formats every Java file below a folder in place. */
  public static void main(String[] arguments) throws IOException, FormatterException {
    SourceTree tree = new SourceTree(Path.of(arguments[0]));
    SourceFormat format = new SourceFormat();
    for (Path file : tree.filesEnding(".java")) {
      String before = SourceTree.read(file);
      String after = format.apply(before);
      if (!after.equals(before)) {
        Files.writeString(file, after);
        System.out.println(tree.relative(file));
      }
    }
  }

  /**
   * The source as it should be written.
   *
   * @throws FormatterException when it is not Java
   */
  public String apply(String source) throws FormatterException {
    String imports = ImportOrderer.reorderImports(source, Style.GOOGLE);
    return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(imports));
  }
}
