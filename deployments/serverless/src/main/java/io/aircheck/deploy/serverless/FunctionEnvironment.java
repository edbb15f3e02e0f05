package io.aircheck.deploy.serverless;

import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.task.StreamTask;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Makes functions of what the environment of a process says. Nothing here connects or asks for
 * credentials: a snapshot of the process may be taken afterwards, and copies of it started.
 */
final class FunctionEnvironment {
  static final String BUCKET = "AIRCHECK_BUCKET";
  static final String ENDPOINT = "AIRCHECK_S3_ENDPOINT";
  static final String TOPIC = "AIRCHECK_TOPIC_ARN";
  static final String TOPIC_ENDPOINT = "AIRCHECK_SNS_ENDPOINT";
  static final String PRIVATE_NETWORKS = "AIRCHECK_PRIVATE_NETWORKS";
  static final String REGION = "AWS_REGION";
  static final String MEMORY = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

  /** What inputs of functions may be read by: not files, of which there are only their own. */
  private static final Set<String> SCHEMES = Set.of("http", "https", "srt", "rtmp", "rtmps");

  private final Map<String, String> variables;

  FunctionEnvironment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * A variable that must be set.
   *
   * @throws IllegalArgumentException when it is not
   */
  String required(String name, String what) {
    return optional(name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is not set: it names " + what));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(variables.get(name)).filter(given -> !given.isBlank());
  }

  /**
   * The functions.
   *
   * @param installed everything on the class path
   * @throws IllegalArgumentException one line that says which variable is missing or wrong
   */
  Functions functions(Parts installed, Meter meter) {
    ObjectStore bucket =
        S3Objects.of(
            required(BUCKET, "the bucket that functions share"),
            Region.of(required(REGION, "the region of the bucket")),
            optional(ENDPOINT).map(URI::create),
            DefaultCredentialsProvider.builder().build());
    return new Functions(
        installed.in(surroundings(installed.surroundings())),
        bucket,
        teller(),
        new StopSwitch(),
        meter,
        Integer.parseInt(optional(MEMORY).orElse("1769")));
  }

  private StreamTask.Surroundings surroundings(StreamTask.Surroundings installed) {
    return new StreamTask.Surroundings(
        new GuardedSources(installed.sources(), inputs(), SourceRequest.DEFAULT_READ_TIMEOUT),
        installed.analyzers(),
        installed.soundAnalyzers(),
        installed.clock(),
        // Copies of a snapshot must not all wait for the same time before they try again.
        new SecureRandom());
  }

  private OutboundPolicy inputs() {
    boolean privateNetworks = optional(PRIVATE_NETWORKS).map(Boolean::parseBoolean).orElse(false);
    return new OutboundPolicy(SCHEMES, privateNetworks, List.of());
  }

  private Teller teller() {
    // Whoever deploys names the topic and the endpoint, which may be one of their own network.
    OutboundPolicy topics = new OutboundPolicy(Set.of("https", "http"), true, List.of());
    Map<String, String> settings = new HashMap<>();
    optional(TOPIC_ENDPOINT).ifPresent(endpoint -> settings.put("url", endpoint));
    return optional(TOPIC)
        .map(
            topic -> {
              settings.put("topicArn", topic);
              return Teller.of("sns", NotifierCatalog.installed().create("sns", settings, topics));
            })
        .orElseGet(Teller::nobody);
  }
}
