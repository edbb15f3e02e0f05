package io.aircheck.benchmarks;

import com.sun.management.ThreadMXBean;
import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.experience.session.SessionFold;
import io.aircheck.experience.session.SessionPolicy;
import io.aircheck.experience.session.SessionState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a report of a viewer costs until it is known what it means: a session that a real player
 * sent is played by many viewers, in bodies of some records, on one thread. The first rounds, in
 * which the compiler works, are thrown away.
 *
 * <p>{@code ReportCost FILE [RECORDS_PER_BODY [ROUNDS [SESSIONS]]]}
 */
public final class ReportCost {
  private static final int WARM_UP_ROUNDS = 8;
  private static final Pattern SESSION = Pattern.compile("sid=\"[^\"]*\"");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<byte[]> bodies;
  private final Arrival arrival;
  private long records;

  private ReportCost(List<byte[]> bodies, Arrival arrival) {
    this.bodies = bodies;
    this.arrival = arrival;
  }

  public static void main(String[] arguments) throws IOException {
    List<String> session = Files.readAllLines(Path.of(arguments[0]));
    int perBody = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 15;
    int sessions = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2000;
    List<byte[]> bodies = bodies(session, perBody, sessions);
    long bytes = bodies.stream().mapToLong(body -> body.length).sum();
    ReportCost cost =
        new ReportCost(bodies, new Arrival(1_795_771_200_000L, "events", Map.of("country", "SE")));
    System.out.printf(
        Locale.ROOT,
        "%d sessions, %d bodies of up to %d records, %.0f bytes a record%n",
        sessions,
        bodies.size(),
        perBody,
        (double) bytes / session.size() / sessions);
    cost.measure("read and understood", rounds, false);
    cost.measure("and taken in by their sessions", rounds, true);
  }

  private void measure(String what, int rounds, boolean take) {
    double[] micros = new double[rounds];
    double[] allocated = new double[rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      records = 0;
      long thread = Thread.currentThread().threadId();
      long bytes = THREADS.getThreadAllocatedBytes(thread);
      long start = THREADS.getCurrentThreadCpuTime();
      round(take);
      if (round >= 0) {
        micros[round] = (THREADS.getCurrentThreadCpuTime() - start) / 1000.0 / records;
        allocated[round] = (double) (THREADS.getThreadAllocatedBytes(thread) - bytes) / records;
      }
    }
    Arrays.sort(micros);
    Arrays.sort(allocated);
    System.out.printf(
        Locale.ROOT,
        "%-32s %.2f us CPU a record (%.2f to %.2f), %.0f bytes allocated%n",
        what,
        micros[rounds / 2],
        micros[0],
        micros[rounds - 1],
        allocated[rounds / 2]);
  }

  private void round(boolean take) {
    CmcdReports reader =
        new CmcdReports(new CmcdParser(Set.of()), new CmcdMapping(Quirk.ofRecords(), Map.of()));
    SessionFold fold = new SessionFold(SessionPolicy.DEFAULT, Quirk.ofSession());
    Map<String, SessionState> sessions = new HashMap<>();
    Body body = new Body();
    for (byte[] bytes : bodies) {
      body.reports.clear();
      reader.read(bytes, arrival, body);
      records += body.reports.size();
      for (ViewerReport report : take ? body.reports : List.<ViewerReport>of()) {
        SessionState state = sessions.computeIfAbsent(report.session(), fold::initial);
        sessions.put(report.session(), fold.apply(state, report).state());
      }
    }
  }

  private static List<byte[]> bodies(List<String> session, int perBody, int sessions) {
    List<byte[]> bodies = new ArrayList<>();
    for (int from = 0; from < session.size(); from += perBody) {
      List<String> some = session.subList(from, Math.min(from + perBody, session.size()));
      String body = String.join("\n", some);
      for (int i = 0; i < sessions; i++) {
        String id = "sid=\"%08x-3a79-40a9-aeb7-2325e2c344c3\"".formatted(i * 0x9E3779B9);
        bodies.add(SESSION.matcher(body).replaceAll(id).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bodies;
  }

  /** Collects the reports of a body. */
  private static final class Body implements ReportReceiver {
    private final List<ViewerReport> reports = new ArrayList<>();

    @Override
    public void report(ViewerReport report) {
      reports.add(report);
    }

    @Override
    public void rejected(Rejection reason) {
      throw new IllegalStateException("a captured report was rejected: " + reason);
    }
  }
}
