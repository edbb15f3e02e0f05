package io.aircheck.experience.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.report.ViewerReport.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggedReportsTest {
  private static final ViewerReport A1 = report("a", 1);
  private static final ViewerReport A2 = report("a", 2);
  private static final ViewerReport B1 = report("b\n\"", 1);

  private static ViewerReport report(String session, long millis) {
    return new ViewerReport(session, "requests", -1, millis, millis, Facts.NONE, Map.of());
  }

  private static LoggedReports of(ViewerReport... reports) {
    return new LoggedReports("edge", "file /var/log/a \"b\".log", "17 0 -", List.of(reports));
  }

  @Test
  void reports_writtenAndRead_areTheSameInTheSameOrder() throws IOException {
    LoggedReports logged = of(A1, B1, A2);

    assertThat(logged.reports()).containsExactly(A1, A2, B1);
    assertThat(LoggedReports.read(logged.bytes())).isEqualTo(logged);
    assertThat(LoggedReports.readMark(logged.bytes())).isEqualTo(of());
  }

  @Test
  void session_thatIsTakenOut_leavesTheOthersAndTheMark() throws IOException {
    assertThat(of(A1, B1, A2).without("a")).isEqualTo(of(B1));
    assertThat(LoggedReports.read(of(A1).without("a").bytes())).isEqualTo(of());
  }

  @Test
  void bytes_ofSomethingElse_areNone() {
    assertThatThrownBy(
            () -> LoggedReports.read("{\"schema\":\"other/1\"}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessage("of the schema \"other/1\", not aircheck.viewer-log/1");
    assertThatThrownBy(() -> LoggedReports.read(new byte[] {1, 2})).isInstanceOf(IOException.class);
  }
}
