package io.aircheck.app.serve.players;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The players as their makers publish them; {@code .ci/players} fetches them. */
final class PlayerPackages {
  private static final Path HOME = Path.of("target/npm/node_modules");

  /** The script of each, below the packages, by the name that pages ask for. */
  private static final Map<String, String> SCRIPTS =
      Map.of(
          "hls.js", "hls.js/dist/hls.min.js",
          "dash.js", "dashjs/dist/modern/umd/dash.all.min.js",
          "shaka.js", "shaka-player/dist/shaka-player.compiled.js",
          "video.js", "video.js/dist/video.min.js");

  /** Versions of all of them, as they call them themselves: those of the lock file. */
  static final String VERSIONS = "1\\.7\\.4|5\\.2\\.1|v5\\.2\\.12|8\\.24\\.1";

  private PlayerPackages() {}

  /** Skips the test where they have not been fetched. */
  static void require() {
    Assumptions.assumeTrue(
        SCRIPTS.values().stream().allMatch(script -> Files.isRegularFile(HOME.resolve(script))),
        "players are not tested: .ci/players fetches them");
  }

  static boolean isScript(String name) {
    return SCRIPTS.containsKey(name);
  }

  static byte[] script(String name) throws IOException {
    return Files.readAllBytes(HOME.resolve(String.valueOf(SCRIPTS.get(name))));
  }
}
