package io.aircheck.deploy.flink;

import java.util.List;

/** What a job manager says of the processes that it sees. */
record ProcessReport(List<ProcessUsage> used) {
  ProcessReport {
    used = List.copyOf(used);
  }
}
