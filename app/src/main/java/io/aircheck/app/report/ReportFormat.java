package io.aircheck.app.report;

import io.aircheck.core.observe.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Formats of a report. */
public enum ReportFormat {
  TEXT,
  JSON,
  JUNIT,
  HTML;

  /**
   * A report in this format.
   *
   * @param palette colours of text; the other formats have their own
   * @param fails findings that count as failed tests in JUnit's format
   */
  public String render(List<InputReport> reports, Palette palette, Predicate<Finding> fails)
      throws IOException {
    StringWriter text = new StringWriter();
    switch (this) {
      case TEXT -> new TextReport(palette).write(reports, new PrintWriter(text));
      case JSON -> JsonReport.write(reports, text);
      case JUNIT -> JunitReport.write(reports, fails, text);
      case HTML -> HtmlReport.write(reports, text);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
