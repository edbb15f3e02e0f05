package io.aircheck.experience.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aircheck.experience.cmcd.CmcdMapping;
import io.aircheck.experience.cmcd.CmcdParser;
import io.aircheck.experience.cmcd.CmcdRequests;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.place.PlaceFiles;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.Received;
import io.aircheck.experience.report.ViewerReport;
import io.aircheck.testkit.MmdbFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses of logs, looked up in a database: the place is in reports, the address is not. */
class LoggedPlacesTest {
  private static final String ADDRESS = "198.51.100.7";
  private static final List<String> COLUMNS =
      List.of("timestamp", "c-ip", "cs-uri-stem", "cs-uri-query", "asn");

  @TempDir private Path folder;

  private Map<String, String> attributes(LogFormat format, String line) throws Exception {
    Path file = folder.resolve("places.mmdb");
    MmdbFile.of("Places")
        .with("198.51.100.0/24", Map.of("country_code", "SE", "asn", "AS64500"))
        .write(file);
    Received received = new Received();
    new LogReports(
            format,
            new CmcdRequests(new CmcdParser(Set.of()), new CmcdMapping(List.of(), Map.of())),
            new Arrivals(PlaceFiles.open(List.of(file), false), OptOut.DEFAULT, Set.of()),
            Map.of())
        .read(line.formatted(ADDRESS).getBytes(StandardCharsets.UTF_8), received);
    assertThat(received.reports()).hasSize(1);
    ViewerReport report = received.reports().getFirst();
    assertThat(report.toString()).contains("SE").doesNotContain(ADDRESS);
    return report.attributes();
  }

  @Test
  void addressOfCloudFront_hasItsPlace() throws Exception {
    String line = "1700000000\t%s\t/a/1.ts\tCMCD=sid%%3D%%22s%%22\t-\n";

    assertThat(attributes(new CloudFrontLog(COLUMNS), line))
        .containsEntry(Attributes.COUNTRY, "SE")
        .containsEntry(Attributes.NETWORK, "AS64500");
  }

  @Test
  void networkThatTheLogTells_stays() throws Exception {
    String line = "1700000000\t%s\t/a/1.ts\tCMCD=sid%%3D%%22s%%22\t64501\n";

    assertThat(attributes(new CloudFrontLog(COLUMNS), line))
        .containsEntry(Attributes.COUNTRY, "SE")
        .containsEntry(Attributes.NETWORK, "AS64501");
  }

  @Test
  void addressOfAkamai_hasItsPlace() throws Exception {
    String line =
        "{\"reqTimeSec\":\"1700000000\",\"reqPath\":\"a/1.ts\",\"cliIP\":\"%s\",\"country\":\"-\","
            + "\"queryStr\":\"CMCD=sid%%3D%%22s%%22\"}\n";

    assertThat(attributes(new AkamaiLog(), line))
        .containsEntry(Attributes.COUNTRY, "SE")
        .containsEntry(Attributes.NETWORK, "AS64500");
  }

  @Test
  void addressInJson_hasItsPlace() throws Exception {
    String line =
        "{\"time\":1700000000,\"url\":\"/a/1.ts?CMCD=sid%%3D%%22s%%22\",\"address\":\"%s\"}\n";

    assertThat(attributes(new JsonLog(), line))
        .containsEntry(Attributes.COUNTRY, "SE")
        .containsEntry(Attributes.NETWORK, "AS64500");
  }
}
