package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An interpreter of the Amazon States Language that is not ours, run by Node with our definition. A
 * test without it, or without Node, is skipped; {@code .ci/interpreter} installs both.
 */
final class AslInterpreter {
  private static final Path SCRIPT = Path.of("src/test/npm/machine.mjs");
  private static final Path HOME = Path.of("target/npm");
  private static final long RUN_MINUTES = 5;

  private AslInterpreter() {}

  /**
   * How an execution ended.
   *
   * @param said what the script printed
   */
  record Execution(JsonNode said) {
    boolean succeeded() {
      return said.path("status").asText().equals("SUCCEEDED");
    }

    /** Times that states were entered, retries included. */
    int transitions() {
      int sum = 0;
      for (JsonNode times : said.path("entered")) {
        sum += times.asInt();
      }
      return sum;
    }

    int entered(String state) {
      return said.path("entered").path(state).asInt();
    }

    /** Names of the further executions that were started. */
    JsonNode started() {
      return said.path("started");
    }

    /** How long the machine waited between retries and in states that wait. */
    int waitedSeconds() {
      return said.path("waitedSeconds").asInt();
    }

    String error() {
      return said.path("error").asText();
    }

    String cause() {
      return said.path("cause").asText();
    }
  }

  /** Skips the test where the interpreter has not been installed. */
  static void require() throws IOException {
    if (!Files.exists(HOME.resolve("node_modules/aws-local-stepfunctions"))) {
      abort("skipped: .ci/interpreter installs the interpreter of state machines");
    }
    // Tests in another process may be about to run it.
    Path copy = Files.createTempFile(HOME, "machine", ".mjs");
    Files.copy(SCRIPT, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.move(
        copy,
        HOME.resolve("machine.mjs"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * A function that is away for some time.
   *
   * @param function its name; {@code start} for executions, which are started and do not say so
   * @param number of the first segment that it concerns
   * @param error what the machine is told meanwhile; {@code States.Timeout}: nothing, until it has
   *     waited long enough
   * @param seconds how long, from the first call on; time passes while the machine waits
   */
  record Outage(String function, int number, String error, int seconds) {}

  /** Runs the definition with an input and the functions of a server. */
  static Execution run(Calls.Watch input, URI functions, Outage... outages) throws Exception {
    Path definition = Files.createTempFile(HOME, "definition", ".json");
    Path json = Files.createTempFile(HOME, "input", ".json");
    Path away = Files.createTempFile(HOME, "outages", ".json");
    try {
      Files.writeString(definition, definition());
      Files.write(json, SegmentJson.write(input));
      Files.write(away, SegmentJson.write(outages));
      Process node =
          start(
              List.of(
                  "node",
                  "machine.mjs",
                  definition.getFileName().toString(),
                  json.getFileName().toString(),
                  functions.toString(),
                  away.getFileName().toString()));
      String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(node.waitFor(RUN_MINUTES, TimeUnit.MINUTES)).isTrue();
      return new Execution(SegmentJson.read(said.getBytes(StandardCharsets.UTF_8), JsonNode.class));
    } finally {
      Files.delete(definition);
      Files.delete(json);
      Files.delete(away);
    }
  }

  /** The definition as it is deployed, with names of functions instead of references to them. */
  private static String definition() throws IOException {
    try (InputStream resource = AslInterpreter.class.getResourceAsStream("watch.asl.json")) {
      assertThat(resource).isNotNull();
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${Partition}", "aws")
          .replaceAll(
              "\\$\\{(\\w+)FunctionArn}", "arn:aws:lambda:eu-west-1:123456789012:function:$1");
    }
  }

  private static Process start(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .directory(HOME.toFile())
          .redirectError(ProcessBuilder.Redirect.to(new File(HOME.toFile(), "errors.log")))
          .start();
    } catch (IOException e) {
      return abort("skipped: " + command.getFirst() + " is not installed");
    }
  }
}
