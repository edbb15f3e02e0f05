package io.aircheck.app.report;

import io.aircheck.core.observe.Finding;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report for build servers: a suite for each input, a case for each kind of finding. */
public final class JunitReport {
  private JunitReport() {}

  /**
   * @param fails whether a finding makes its case fail
   */
  public static void write(List<InputReport> reports, Predicate<Finding> fails, Writer out) {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      for (InputReport report : reports) {
        write(report, fails, xml);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write the report", e);
    }
  }

  private static void write(InputReport report, Predicate<Finding> fails, XMLStreamWriter xml)
      throws XMLStreamException {
    Map<String, List<Finding>> byKind = new LinkedHashMap<>();
    report.analysis().detectors().forEach(detector -> byKind.put(detector.kind(), List.of()));
    for (Finding finding : report.findings()) {
      byKind.merge(
          finding.kind(),
          List.of(finding),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    long failures =
        byKind.values().stream().filter(findings -> findings.stream().anyMatch(fails)).count();
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", report.uri());
    xml.writeAttribute("tests", Integer.toString(byKind.size() + 1));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", report.error().isPresent() ? "1" : "0");
    xml.writeAttribute("skipped", Integer.toString(report.opened() ? 0 : byKind.size()));
    xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", report.analysis().wallSeconds()));
    testCase("readable", report.uri(), xml);
    if (report.error().isPresent()) {
      xml.writeEmptyElement("error");
      xml.writeAttribute("message", printable(report.error().get()));
    }
    xml.writeEndElement();
    for (Map.Entry<String, List<Finding>> entry : byKind.entrySet()) {
      testCase(entry.getKey(), report.uri(), xml);
      if (!report.opened()) {
        // Nothing was looked at: not the same as nothing being wrong.
        xml.writeEmptyElement("skipped");
      }
      for (Finding finding : entry.getValue()) {
        xml.writeCharacters("\n      ");
        xml.writeStartElement(fails.test(finding) ? "failure" : "system-out");
        if (fails.test(finding)) {
          xml.writeAttribute("type", finding.severity().word());
          xml.writeAttribute("message", printable(finding.message()));
        }
        xml.writeCharacters(printable(line(finding)));
        xml.writeEndElement();
      }
      if (!entry.getValue().isEmpty()) {
        xml.writeCharacters("\n    ");
      }
      xml.writeEndElement();
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void testCase(String name, String input, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", input);
    xml.writeAttribute("name", name);
  }

  private static String line(Finding finding) {
    return "%s %s - %s %s%s"
        .formatted(
            finding.severity().word(),
            TextReport.clock(finding.startMicros()),
            TextReport.clock(finding.endMicros()),
            finding.rendition() == null ? "" : "[" + finding.rendition() + "] ",
            finding.message());
  }

  /** XML has no place for control characters. */
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "?");
  }
}
