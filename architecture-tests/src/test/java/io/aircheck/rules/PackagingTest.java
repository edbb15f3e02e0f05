package io.aircheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Files to run the service elsewhere are run by nobody here; what they must say is looked at. */
class PackagingTest {
  private static final Path ROOT = SourceTree.ofWorkingDirectory().root();
  private static final Path PACKAGING = ROOT.resolve("packaging");

  /** {@code copies.drain}, as it is when nothing is said. */
  private static final int DRAIN_SECONDS = 20;

  private static List<JsonNode> documents(String file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(PACKAGING.resolve(file).toFile())) {
      return documents.readAll();
    }
  }

  private static List<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  private static JsonNode deployment(String file) throws IOException {
    return documents(file).stream()
        .filter(one -> one.path("kind").asText().equals("Deployment"))
        .findFirst()
        .orElseThrow()
        .at("/spec/template/spec");
  }

  @Test
  void kubernetes_copies_areProbedAndHaveTimeToDrain() throws IOException {
    for (String role : List.of("api", "worker")) {
      JsonNode pod = deployment("kubernetes/" + role + ".yaml");
      JsonNode container = pod.at("/containers/0");

      assertThat(container.at("/args").toString()).contains("\"--role\",\"" + role + "\"");
      assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health");
      assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health");
      assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/ready");
      assertThat(pod.at("/terminationGracePeriodSeconds").asInt()).isGreaterThan(DRAIN_SECONDS);
    }
  }

  /** Without a limit the JVM sees all of the node, and would take as many streams. */
  @Test
  void kubernetes_copies_countTheProcessorsThatTheyAskFor() throws IOException {
    for (String role : List.of("api", "worker")) {
      List<JsonNode> environment =
          elements(deployment("kubernetes/" + role + ".yaml").at("/containers/0/env"));

      assertThat(environment)
          .anySatisfy(
              one ->
                  assertThat(one.at("/valueFrom/resourceFieldRef/resource").asText())
                      .isEqualTo("requests.cpu"))
          .anySatisfy(
              one ->
                  assertThat(one.path("value").asText())
                      .isEqualTo("-XX:ActiveProcessorCount=$(PROCESSORS)"));
    }
  }

  /** An autoscaler that cannot read one of its metrics never scales down. */
  @Test
  void kubernetes_autoscalersOfTheBase_needNoAdapter() throws IOException {
    for (String role : List.of("api", "worker")) {
      for (JsonNode document : documents("kubernetes/" + role + ".yaml")) {
        if (document.path("kind").asText().equals("HorizontalPodAutoscaler")) {
          assertThat(elements(document.at("/spec/metrics")))
              .isNotEmpty()
              .allSatisfy(one -> assertThat(one.path("type").asText()).isEqualTo("Resource"));
        }
      }
    }
  }

  @Test
  void ecs_tasks_areCheckedAndHaveTimeToDrain() throws IOException {
    JsonNode resources = documents("ecs/template.yaml").getFirst().path("Resources");
    List<JsonNode> copies = new ArrayList<>();
    for (String task : List.of("ApiTask", "WorkerTask")) {
      copies.add(resources.at("/" + task + "/Properties/ContainerDefinitions/0"));
    }

    assertThat(copies)
        .allSatisfy(
            copy -> {
              assertThat(copy.at("/HealthCheck/Command").toString())
                  .isEqualTo("[\"CMD\",\"aircheck-health\"]");
              assertThat(copy.at("/StopTimeout").asInt()).isGreaterThan(DRAIN_SECONDS);
            });
    assertThat(resources.at("/ApiTargets/Properties/HealthCheckPath").asText())
        .isEqualTo("/health");
  }

  @Test
  void compose_copies_haveTimeToDrain() throws IOException {
    JsonNode file = documents("compose/compose.yaml").getFirst();
    String period = file.at("/x-copy/stop_grace_period").asText();

    assertThat(Integer.parseInt(period.replace("s", ""))).isGreaterThan(DRAIN_SECONDS);
    for (String role : List.of("api", "worker")) {
      assertThat(file.at("/services/" + role + "/command").toString())
          .contains("\"--role\",\"" + role + "\"");
    }
  }

  /** One module of Aircheck is called flink, and connectors are not in the distribution. */
  @Test
  void flinkImage_jarsThatAreLeftOut_areThoseOfTheDistributionAlone() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String flink = first(pom, "<flink.version>([^<]+)<");
    String own = first(pom, "<artifactId>aircheck</artifactId>\\s*<version>([^<]+)<");
    String connector = first(pom, "<flink-connector-kafka.version>([^<]+)<");
    String image =
        Files.readString(ROOT.resolve("deployments/flink/kubernetes/Containerfile"))
            .replace("${FLINK}", flink);
    assertThat(image).contains("ARG FLINK=" + flink);
    Pattern removed = glob(first(image, "-name \"(flink-[^\"]+)\""));
    Pattern kept = glob(first(image, "! -name '([^']+)'"));

    List<String> jars =
        List.of(
            "flink-core-%s.jar".formatted(flink),
            "flink-runtime-%s.jar".formatted(flink),
            "flink-streaming-java-%s.jar".formatted(flink),
            "flink-connector-base-%s.jar".formatted(flink),
            "flink-connector-kafka-%s.jar".formatted(connector),
            "flink-%s.jar".formatted(own));

    assertThat(jars)
        .filteredOn(jar -> removed.matcher(jar).matches() && !kept.matcher(jar).matches())
        .containsExactly(
            "flink-core-%s.jar".formatted(flink),
            "flink-runtime-%s.jar".formatted(flink),
            "flink-streaming-java-%s.jar".formatted(flink));
  }

  private static String first(String text, String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    assertThat(matcher.find()).as(regex).isTrue();
    return matcher.group(1);
  }

  private static Pattern glob(String pattern) {
    return Pattern.compile(pattern.replace(".", "\\.").replace("*", ".*"));
  }
}
