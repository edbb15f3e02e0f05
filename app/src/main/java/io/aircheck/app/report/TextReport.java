package io.aircheck.app.report;

import io.aircheck.app.report.InputReport.RenditionTrack;
import io.aircheck.core.media.Track;
import io.aircheck.core.media.TrackType;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report for people at a terminal. */
public final class TextReport {
  private final Palette palette;

  public TextReport(Palette palette) {
    this.palette = palette;
  }

  public void write(List<InputReport> reports, PrintWriter out) {
    for (InputReport report : reports) {
      write(report, out);
    }
    if (reports.size() > 1) {
      long failed = reports.stream().filter(report -> !report.opened()).count();
      long clean =
          reports.stream().filter(report -> report.opened() && report.findings().isEmpty()).count();
      long findings = reports.stream().mapToLong(report -> report.findings().size()).sum();
      out.printf(
          Locale.ROOT,
          "%d inputs: %d without findings, %s, %d not readable%n",
          reports.size(),
          clean,
          counted(findings, "finding"),
          failed);
    }
  }

  private void write(InputReport report, PrintWriter out) {
    out.println(palette.bold(report.uri()));
    if (!report.opened()) {
      out.println("  " + palette.error(report.error().orElse("not readable")));
      out.println();
      return;
    }
    out.println("  " + palette.dim(describe(report)));
    int kindWidth =
        report.findings().stream().mapToInt(finding -> finding.kind().length()).max().orElse(0);
    for (Finding finding : report.findings()) {
      out.printf(
          Locale.ROOT,
          "  %s  %s  %-" + kindWidth + "s  %s%s%n",
          severity(finding.severity()),
          times(finding),
          finding.kind(),
          finding.rendition() == null ? "" : "[" + finding.rendition() + "] ",
          finding.message());
    }
    report.error().ifPresent(error -> out.println("  " + palette.error("incomplete: " + error)));
    report
        .analysis()
        .detectorFailures()
        .forEach(
            (kind, failure) ->
                out.println("  " + palette.warning(kind + " failed and was left out: " + failure)));
    out.println("  " + summary(report));
    out.println();
  }

  private static String describe(InputReport report) {
    List<String> parts = new ArrayList<>();
    parts.add(report.container());
    parts.add(String.format(Locale.ROOT, "%.2f s", report.durationSeconds()));
    for (RenditionTrack track : report.tracks()) {
      parts.add(
          (track.rendition() == null ? "" : "[" + track.rendition() + "] ")
              + describe(track.track()));
    }
    return String.join(", ", parts);
  }

  /** A track in a few words, such as {@code h264 1280x720 25 fps}. */
  static String describe(Track track) {
    if (track.type() == TrackType.VIDEO) {
      String rate =
          track.frameRate() > 0 ? String.format(Locale.ROOT, " %.4g fps", track.frameRate()) : "";
      return track.codec() + " " + track.width() + "x" + track.height() + rate;
    }
    return track.type() == TrackType.AUDIO
        ? track.codec() + " " + track.sampleRate() + " Hz " + counted(track.channels(), "channel")
        : track.codec();
  }

  private String severity(Severity severity) {
    String word = String.format(Locale.ROOT, "%-7s", severity.word());
    return switch (severity) {
      case ERROR -> palette.error(word);
      case WARNING -> palette.warning(word);
      case INFO -> palette.dim(word);
    };
  }

  private static String times(Finding finding) {
    return finding.durationMicros() == 0
        ? String.format(Locale.ROOT, "%23s", clock(finding.startMicros()))
        : String.format(
            Locale.ROOT, "%10s - %10s", clock(finding.startMicros()), clock(finding.endMicros()));
  }

  /** Hours only where there are any: {@code 1:02:03.456}, {@code 2:03.456}. */
  static String clock(long micros) {
    long millis = Math.round(micros / 1e3);
    long seconds = millis / 1000;
    String rest =
        String.format(
            Locale.ROOT, "%02d:%02d.%03d", seconds / 60 % 60, seconds % 60, millis % 1000);
    return seconds >= 3600 ? seconds / 3600 + ":" + rest : rest;
  }

  private String summary(InputReport report) {
    InputReport.Analysis analysis = report.analysis();
    String work =
        String.format(
            Locale.ROOT,
            "%d pictures and %.1f s of sound in %.1f s (%.1f s of processor time)",
            analysis.videoFrames(),
            analysis.audioSeconds(),
            analysis.wallSeconds(),
            analysis.cpuSeconds());
    if (analysis.skippedFrames() > 0) {
      work += ", " + palette.warning(analysis.skippedFrames() + " pictures not looked at");
    }
    String verdict =
        report.findings().isEmpty()
            ? palette.good("no findings")
            : counted(report.findings().size(), "finding");
    return verdict + palette.dim(" in " + work);
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
