package io.aircheck.app.serve.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aircheck.app.config.SettingsReader;
import io.aircheck.app.serve.settings.ViewerSettings;
import io.aircheck.experience.intake.Locator.Location;
import io.aircheck.testkit.MmdbFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewerPlacesTest {
  private static final MmdbFile SWEDEN =
      MmdbFile.of("Places")
          .with("192.0.2.0/24", Map.of("country_code", "SE", "region", "Skåne", "asn", "AS64500"));

  @TempDir private Path folder;

  private final List<String> logged = new ArrayList<>();
  private Path file = Path.of("places.mmdb");

  @BeforeEach
  void writeFile() throws Exception {
    file = folder.resolve("places.mmdb");
    SWEDEN.write(file);
  }

  private ViewerPlaces open(String... dimensions) throws Exception {
    var settings = JsonNodeFactory.instance.objectNode();
    settings.putArray("locations").add(file.toString());
    for (String dimension : dimensions) {
      settings.withArray("dimensions").add(dimension);
    }
    return new ViewerPlaces(SettingsReader.read(settings, ViewerSettings.class), logged::add);
  }

  private static Location located(ViewerPlaces places) {
    return places.locator().locate(InetAddress.ofLiteral("192.0.2.7"));
  }

  @Test
  void region_thatIsNoDimension_isNotLookedUp() throws Exception {
    try (ViewerPlaces without = open();
        ViewerPlaces with = open("region")) {
      assertThat(located(without)).isEqualTo(new Location("SE", "AS64500"));
      assertThat(located(with)).isEqualTo(new Location("SE", "Skåne", "AS64500"));
    }
  }

  @Test
  void problem_isToldOnceAndWhenItIsOver() throws Exception {
    try (ViewerPlaces places = open()) {
      places.look();
      assertThat(logged).isEmpty();

      Files.writeString(file, "half of somethi");
      places.look();
      places.look();
      assertThat(logged)
          .containsExactly(
              "places of viewers: "
                  + file
                  + " is no database in the MaxMind DB format (.mmdb), or damaged; fetch it again;"
                  + " the one from before is in use");
      assertThat(located(places).country()).isEqualTo("SE");

      SWEDEN.write(file);
      places.look();
      assertThat(logged).hasSize(2);
      assertThat(logged.getLast()).isEqualTo("places of viewers: places.mmdb can be read again");
    }
  }
}
