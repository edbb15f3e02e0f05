package io.aircheck.experience.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.testkit.Damage;
import io.aircheck.testkit.MmdbFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceFilesTest {
  private static final Map<String, ?> BAVARIA =
      Map.of(
          "continent", Map.of("code", "EU"),
          "country", Map.of("iso_code", "DE", "names", Map.of("en", "Germany")),
          "registered_country", Map.of("iso_code", "US"),
          "subdivisions", List.of(Map.of("iso_code", "BY"), Map.of("iso_code", "M")));

  @TempDir private Path folder;

  private Path file(String name, MmdbFile database) throws IOException {
    Path file = folder.resolve(name);
    database.write(file);
    return file;
  }

  private Path file(Map<String, ?> record) throws IOException {
    return file("made.mmdb", MmdbFile.of("Made").with("192.0.2.0/24", record));
  }

  private static Location locate(PlaceFiles files, String address) {
    return files.locate(InetAddress.ofLiteral(address));
  }

  private Location located(Map<String, ?> record) throws IOException {
    return locate(PlaceFiles.open(List.of(file(record)), true), "192.0.2.7");
  }

  @ParameterizedTest
  @CsvSource({"4, 24", "4, 28", "4, 32", "6, 24", "6, 28", "6, 32"})
  void locate_addressOfANetwork_hasItsPlace(int ipVersion, int recordBits) throws Exception {
    MmdbFile database =
        new MmdbFile("GeoLite2-City", ipVersion, recordBits)
            .with("192.0.2.0/24", BAVARIA)
            .with("192.0.2.128/25", Map.of("country", Map.of("iso_code", "AT")))
            .with("198.51.100.7/32", Map.of("country", Map.of("iso_code", "SE")));
    if (ipVersion == 6) {
      database.with("2001:db8:8000::/33", Map.of("country", Map.of("iso_code", "NO")));
    }
    PlaceFiles files = PlaceFiles.open(List.of(file("city.mmdb", database)), true);

    assertThat(locate(files, "192.0.2.127")).isEqualTo(new Location("DE", "DE-BY", null));
    assertThat(locate(files, "192.0.2.128")).isEqualTo(new Location("AT", null));
    assertThat(locate(files, "::ffff:192.0.2.1").country()).isEqualTo("DE");
    assertThat(locate(files, "198.51.100.7").country()).isEqualTo("SE");
    assertThat(locate(files, "198.51.100.8")).isEqualTo(Location.UNKNOWN);
    assertThat(locate(files, "2001:db8:8000::1").country()).isEqualTo(ipVersion == 6 ? "NO" : null);
    assertThat(locate(files, "2001:db8::1")).isEqualTo(Location.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1", "127.0.0.1", "192.168.1.1", "169.254.0.1", "::1", "fe80::1", "fd00::1"})
  void locate_privateAddress_isNotKnown(String address) throws Exception {
    PlaceFiles files = PlaceFiles.open(List.of(file(BAVARIA)), true);

    assertThat(locate(files, address)).isEqualTo(Location.UNKNOWN);
  }

  @Test
  void locate_withoutRegions_leavesThemOut() throws Exception {
    PlaceFiles files = PlaceFiles.open(List.of(file(BAVARIA)), false);

    assertThat(locate(files, "192.0.2.7")).isEqualTo(new Location("DE", null));
  }

  @Test
  void locate_layoutsOfVendors_areUnderstood() throws Exception {
    assertThat(located(Map.of("autonomous_system_number", 64_500L)))
        .isEqualTo(new Location(null, "AS64500"));
    assertThat(
            located(
                Map.of(
                    "country", Map.of("iso_code", "US"),
                    "subdivisions", List.of(Map.of("names", Map.of("en", "Ohio"))))))
        .as("no code of the region")
        .isEqualTo(new Location("US", "Ohio", null));
    assertThat(
            located(
                Map.of(
                    "country", "Germany",
                    "country_code", "DE",
                    "asn", "AS64500",
                    "as_name", "Example")))
        .as("flat, names beside codes")
        .isEqualTo(new Location("DE", "AS64500"));
    assertThat(located(Map.of("country", "de", "region", "Bavaria", "region_code", "BY")))
        .as("flat, codes alone")
        .isEqualTo(new Location("DE", "DE-BY", null));
    assertThat(
            located(
                Map.of(
                    "country", Map.of("iso_code", "SE"),
                    "traits", Map.of("autonomous_system_number", 64_501L))))
        .as("network among places")
        .isEqualTo(new Location("SE", "AS64501"));
    assertThat(located(Map.of("as_name", "Example", "asn", "")))
        .as("a name alone")
        .isEqualTo(new Location(null, "Example"));
  }

  @Test
  void locate_severalFiles_fillWhatOthersDoNotKnow() throws Exception {
    Path networks =
        file(
            "asn.mmdb",
            new MmdbFile("GeoLite2-ASN", 4, 24)
                .with("192.0.2.0/24", Map.of("autonomous_system_number", 64_500L)));
    Path second =
        file(
            "country.mmdb",
            MmdbFile.of("Country")
                .with("192.0.2.0/24", Map.of("country_code", "XX"))
                .with("203.0.113.0/24", Map.of("country_code", "SE")));
    PlaceFiles files = PlaceFiles.open(List.of(file(BAVARIA), networks, second), true);

    assertThat(locate(files, "192.0.2.7")).isEqualTo(new Location("DE", "DE-BY", "AS64500"));
    assertThat(locate(files, "203.0.113.1")).isEqualTo(new Location("SE", null));
  }

  @Test
  void open_fileThatCannotBeUsed_saysWhatToDo() throws Exception {
    Path missing = folder.resolve("missing.mmdb");
    Path text = Files.writeString(folder.resolve("text.mmdb"), "no database");
    Path whole = file(BAVARIA);
    Path half = folder.resolve("half.mmdb");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    Path other =
        file(
            "other.mmdb",
            MmdbFile.of("GeoIP2-Anonymous-IP").with("192.0.2.0/24", Map.of("is_anonymous", 1)));

    assertThatThrownBy(() -> PlaceFile.check(missing))
        .hasMessage(missing + " is not there; it must be a file of a database (.mmdb)");
    assertThatThrownBy(() -> PlaceFile.check(folder)).hasMessageContaining("is not there");
    for (Path damaged : List.of(text, half)) {
      assertThatThrownBy(() -> PlaceFile.check(damaged))
          .isInstanceOf(IOException.class)
          .hasMessage(
              damaged
                  + " is no database in the MaxMind DB format (.mmdb), or damaged; fetch it again");
    }
    assertThatThrownBy(() -> PlaceFile.check(other))
        .hasMessageContaining(other + " (GeoIP2-Anonymous-IP) has neither countries nor networks");
    PlaceFile.check(whole);
  }

  /** Whatever is wrong with a file, the service takes reports. */
  @Test
  void damagedDatabase_isRefusedOrAnswers() throws Exception {
    MmdbFile database = new MmdbFile("GeoLite2-City", 4, 24);
    for (int i = 0; i < 64; i++) {
      database.with(
          "192.0.2." + i * 4 + "/30",
          Map.of("country", Map.of("iso_code", i % 2 == 0 ? "DE" : "SE"), "asn", "AS" + i));
    }
    byte[] whole = database.bytes();
    Random random = new Random(7);
    int refused = 0;
    for (int run = 0; run < 300; run++) {
      Path file = Files.write(folder.resolve("damaged"), Damage.ofBytes(whole, random));
      PlaceFiles files;
      try {
        files = PlaceFiles.open(List.of(file), true);
      } catch (IOException e) {
        refused++;
        continue;
      }
      for (int i = 0; i < 256; i++) {
        assertThat(locate(files, "192.0.2." + i)).isNotNull();
      }
    }
    assertThat(refused).isBetween(1, 299);
  }

  @Test
  void recordThatIsDamaged_isNotKnownAndTold() throws Exception {
    byte[] bytes =
        new MmdbFile("Made", 4, 24)
            .with("192.0.2.0/24", Map.of("country", "DE"))
            .with("198.51.100.0/24", Map.of("country", "SE"))
            .bytes();
    int record = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("SE") - 1;
    bytes[record] = (byte) 0xFF;
    PlaceFiles files =
        PlaceFiles.open(List.of(Files.write(folder.resolve("made.mmdb"), bytes)), false);
    assertThat(files.files().getFirst().problem()).isEmpty();

    assertThat(locate(files, "198.51.100.1")).isEqualTo(Location.UNKNOWN);
    assertThat(locate(files, "192.0.2.1").country()).isEqualTo("DE");
    files.look();

    assertThat(files.files().getFirst().problem())
        .hasValue(folder.resolve("made.mmdb") + " is damaged in places; fetch it again");
  }

  @Test
  void look_fileThatWasReplaced_isTakenUp() throws Exception {
    Path file = file(BAVARIA);
    PlaceFiles files = PlaceFiles.open(List.of(file), true);
    assertThat(files.files().getFirst().made()).isEqualTo(Instant.ofEpochSecond(1_795_000_000));

    file(Map.of("country", "SE"));
    assertThat(locate(files, "192.0.2.7").country()).as("before it is looked at").isEqualTo("DE");
    files.look();

    assertThat(locate(files, "192.0.2.7").country()).isEqualTo("SE");
  }

  @Test
  void look_replacementThatCannotBeRead_leavesTheOldOneInUseAndIsTold() throws Exception {
    Path file = file(BAVARIA);
    PlaceFiles files = PlaceFiles.open(List.of(file), true);

    Files.writeString(file, "half of somethi");
    files.look();

    assertThat(locate(files, "192.0.2.7").country()).isEqualTo("DE");
    assertThat(files.files().getFirst().problem().orElse(""))
        .startsWith(file + " is no database")
        .endsWith("; the one from before is in use");

    Files.delete(file);
    files.look();

    assertThat(files.files().getFirst().problem().orElse("")).contains("is not there");
    assertThat(locate(files, "192.0.2.7").country()).isEqualTo("DE");

    file(Map.of("country", "SE"));
    files.look();

    assertThat(files.files().getFirst().problem()).isEmpty();
    assertThat(locate(files, "192.0.2.7").country()).isEqualTo("SE");
  }
}
