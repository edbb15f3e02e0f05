package io.aircheck.experience.engine;

import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdReports;
import io.aircheck.experience.epas.EpasReports;
import io.aircheck.experience.plain.PlainReports;
import io.aircheck.experience.portable.LoggedReports;
import io.aircheck.experience.quirk.Quirk;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Rejection;
import io.aircheck.experience.report.ReportReceiver;
import io.aircheck.experience.report.ReportSchema;
import io.aircheck.experience.snowplow.SnowplowReports;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads bodies of every schema. Thread-safe. */
public final class ReportReader {
  private final Map<String, String> customKeys;
  private final EpasReports epas = new EpasReports();
  private final SnowplowReports snowplow = new SnowplowReports();
  private final PlainReports plain;

  /** Readers that nobody uses now: each is for one thread at a time, and dear to make. */
  private final Queue<CmcdReports> idle = new ConcurrentLinkedQueue<>();

  /**
   * A reader.
   *
   * @param customKeys names of attributes by the custom keys of CMCD that hold them; reports in
   *     plain JSON may have these attributes too
   */
  public ReportReader(Map<String, String> customKeys) {
    this.customKeys = Map.copyOf(customKeys);
    this.plain = new PlainReports(Set.copyOf(customKeys.values()));
  }

  /** Reads a body. */
  public void read(ReportSchema schema, byte[] body, Arrival arrival, ReportReceiver receiver) {
    switch (schema) {
      case CMCD -> readCmcd(body, arrival, receiver);
      case EPAS -> epas.read(body, arrival, receiver);
      case SNOWPLOW -> snowplow.read(body, arrival, receiver);
      case PLAIN -> plain.read(body, arrival, receiver);
      case LOGGED -> readLogged(body, receiver);
    }
  }

  private static void readLogged(byte[] body, ReportReceiver receiver) {
    try {
      LoggedReports.read(body).reports().forEach(receiver::report);
    } catch (IOException e) {
      receiver.rejected(Rejection.MALFORMED);
    }
  }

  private void readCmcd(byte[] body, Arrival arrival, ReportReceiver receiver) {
    CmcdReports reader = idle.poll();
    if (reader == null) {
      reader =
          new CmcdReports(
              new CmcdParser(customKeys.keySet()), new CmcdMapping(Quirk.ofRecords(), customKeys));
    }
    reader.read(body, arrival, receiver);
    idle.add(reader);
  }
}
