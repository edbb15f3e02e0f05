package io.aircheck.benchmarks.causes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.experience.cause.Adtributor;
import io.aircheck.experience.cause.CauseFinder;
import io.aircheck.experience.cause.Combination;
import io.aircheck.experience.cause.LikelihoodScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InjectedCasesTest {
  private static final CauseFinder SCAN = LikelihoodScan.DEFAULT;

  @TempDir private Path folder;

  @Test
  void sum_isReadWithItsCauses() throws IOException {
    write("injection_info.csv", "timestamp,set,severity", "7,cdn=b&country=DE;cdn=c,0.5");
    write(
        "7.csv",
        "country,cdn,real,predict",
        "DE,a,1000,1000",
        "DE,b,3000.0,1000",
        "IT,a,1000,1e3",
        "",
        "IT,b,1000,1000");

    Case only = read().getFirst();

    assertThat(only.dataset()).isEqualTo("H");
    assertThat(only.name()).isEqualTo("7");
    assertThat(only.truth())
        .containsExactlyInAnyOrder(
            Combination.of(List.of("cdn", "country"), List.of("b", "DE")),
            Combination.of(List.of("cdn"), List.of("c")));
    assertThat(only.table().dimensions()).containsExactly("cdn", "country");
    assertThat(only.table().size()).isEqualTo(4);
    assertThat(SCAN.find(only.table()).getFirst().where())
        .isEqualTo(Combination.of(List.of("cdn", "country"), List.of("b", "DE")));
  }

  @Test
  void ratio_isReadFromTwoTables_whereBothHaveALeaf() throws IOException {
    write("injection_info.csv", "timestamp,set", "7,cdn=b");
    write("7.a.csv", "cdn,real,predict", "a,10,10", "b,10,10", "c,10,10");
    write("7.b.csv", "cdn,real,predict", "c,100,100", "b,100,100");

    Case only = read().getFirst();

    assertThat(only.table().isRatio()).isTrue();
    assertThat(only.table().size()).isEqualTo(2);
  }

  @Test
  void table_thatIsNone_isRefusedWithItsName() throws IOException {
    write("injection_info.csv", "timestamp,set", "7,cdn=b");
    write("7.csv", "cdn,real,predict", "a,10");
    assertThatThrownBy(this::read).hasMessageContaining("7.csv").hasMessageContaining("a,10");

    write("7.csv", "cdn,real,forecast", "a,10,10");
    assertThatThrownBy(this::read).hasMessageContaining("7.csv").hasMessageContaining("predict");

    write("7.csv");
    assertThatThrownBy(this::read).hasMessageContaining("7.csv").hasMessageContaining("empty");
  }

  @Test
  void noise_isAddedToForecastsOfASum_andRefusedForARatio() throws IOException {
    write("injection_info.csv", "timestamp,set", "7,cdn=b");
    write("7.csv", "cdn,real,predict", "a,1000,1000", "b,1000,1000", "c,1000,1000");
    CauseFinder changed = new Adtributor(0, 0.5, 1);

    assertThat(changed.find(read().getFirst().table())).isEmpty();
    assertThat(changed.find(read(new ForecastNoise(0.4)).getFirst().table())).isNotEmpty();

    Files.move(folder.resolve("7.csv"), folder.resolve("7.a.csv"));
    assertThatThrownBy(() -> read(new ForecastNoise(0.4)))
        .hasMessageContaining("7.a.csv")
        .hasMessageContaining("ratio");
  }

  private List<Case> read() throws IOException {
    return read(ForecastNoise.NONE);
  }

  private List<Case> read(ForecastNoise noise) throws IOException {
    List<Case> cases = new ArrayList<>();
    InjectedCases.read("H", folder, noise, cases::add);
    return cases;
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }
}
