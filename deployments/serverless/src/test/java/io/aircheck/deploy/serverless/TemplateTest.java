package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The template that deploys it all says what the code does. */
@Tag("slow")
class TemplateTest {
  private static final Path TEMPLATE = Path.of("template.yaml");
  private static final Path DOCUMENT = Path.of("../../docs/deployments/serverless.md");
  private static final Path DEFINITION =
      Path.of("src/main/resources/io/aircheck/deploy/serverless/watch.asl.json");

  private static Set<String> matches(String text, String regex) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(regex).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void template_handlers_areThere() throws Exception {
    Set<String> handlers = matches(Files.readString(TEMPLATE), "Handler: (\\S+)");

    assertThat(handlers).hasSize(5);
    for (String handler : handlers) {
      Class<?> type = Class.forName(handler);
      assertThat(RequestStreamHandler.class).isAssignableFrom(type);
      assertThat(type.getConstructor()).isNotNull();
    }
  }

  @Test
  void template_parametersVariablesAndHandlers_areInTheDocument() throws Exception {
    String template = Files.readString(TEMPLATE);
    Set<String> names = matches(template, "(?m)^  (\\w+):\n    Type: (?:Number|String)$");
    assertThat(names).hasSize(6);
    Set<String> variables = matches(template, "(AIRCHECK_\\w+):");
    assertThat(variables).hasSize(5);
    names.addAll(variables);
    names.addAll(matches(template, "Handler: \\S+\\.(\\w+)"));

    assertThat(Files.readString(DOCUMENT))
        .contains(names.stream().map(n -> "`" + n + "`").toList());
  }

  @Test
  void template_substitutions_areThoseOfTheDefinition() throws Exception {
    String template = Files.readString(TEMPLATE);
    int from = template.indexOf("DefinitionSubstitutions:");
    int to = template.indexOf("Policies:", from);

    assertThat(matches(template.substring(from, to), "(\\w+): !Ref"))
        .isEqualTo(matches(Files.readString(DEFINITION), "\\$\\{(\\w+)}"));
  }

  /** A failure that no state knows by its name would be retried for nothing, or lose the rest. */
  @Test
  void definition_namesOfFailures_areClasses() throws Exception {
    JsonNode definition = SegmentJson.read(Files.readAllBytes(DEFINITION), JsonNode.class);
    Set<String> names = new TreeSet<>();
    for (JsonNode errors : definition.findValues("ErrorEquals")) {
      errors.forEach(error -> names.add(error.asText()));
    }
    names.removeIf(name -> !name.startsWith("io.aircheck"));

    assertThat(names)
        .containsExactlyInAnyOrder(
            PassingException.class.getName(),
            SetupException.class.getName(),
            InputException.class.getName(),
            SegmentException.class.getName());
  }

  @Tag("slow")
  @Test
  void template_checkedByCfnLint_hasNothingToComplainOf() throws Exception {
    List<String> command = List.of("cfn-lint", TEMPLATE.toString());
    Process lint;
    try {
      lint = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      lint = abort("skipped: cfn-lint is not installed");
    }
    String said = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(lint.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(lint.exitValue()).as(said).isZero();
  }

  /** Roles are by the beginnings and ends of names. */
  @Test
  void template_resourcesOfRoles_coverEveryName() throws Exception {
    Set<String> patterns =
        matches(Files.readString(TEMPLATE), "\\$\\{Objects\\.Arn}/((?:media|watch)/\\S*)");
    List<String> names = new ArrayList<>();
    names.add(SegmentNames.media("s/1/0", 0) + "/video-0-000000000000000.png");
    names.add(SegmentNames.manifest("s/1/0", 0));
    names.add(SegmentNames.converter("s/1/0", 0));
    names.add(SegmentNames.detector("s/1/0", 0, "video.black"));
    names.add(SegmentNames.observed("s/1/0", 0, "video.black"));
    names.add(SegmentNames.folded("s/1", 0));
    names.add(SegmentNames.folds("s/1"));

    for (String name : names) {
      assertThat(patterns)
          .as(name)
          .anyMatch(pattern -> name.matches(pattern.replace(".", "\\.").replace("*", ".*")));
    }
  }

  /** What the template says of one resource. */
  private static String resource(String name) throws IOException {
    Matcher matcher =
        Pattern.compile("(?ms)^  " + name + ":\n(.*?)(?=^  \\w+:\n|^\\w|\\z)")
            .matcher(Files.readString(TEMPLATE));
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  @Test
  void template_everyFunction_logsForSomeTimeAndHasAlarms() throws Exception {
    for (String name : List.of("Plan", "Convert", "Detect", "Fold", "Start")) {
      assertThat(resource(name + "Function")).contains("LogGroup: !Ref " + name + "Log");
      assertThat(resource(name + "Log")).contains("RetentionInDays: !Ref LogRetentionDays");
      for (String metric : List.of("Errors", "Throttles")) {
        assertThat(resource(name + metric))
            .contains("MetricName: " + metric)
            .contains("Value: !Ref " + name + "Function")
            .contains("AlarmActions: [!Ref Incidents]");
      }
    }
  }

  @Test
  void template_executionThatEndsBadly_isToldAndLoggedWithoutItsInput() throws Exception {
    assertThat(resource("ExecutionEndedBadly"))
        .contains("status: [FAILED, TIMED_OUT, ABORTED]")
        .contains("stateMachineArn: [!Ref WatchMachine]")
        .contains("Arn: !Ref Incidents")
        .contains("InputTransformer:")
        .doesNotContain("$.detail.input")
        .doesNotContain("$.detail.cause");
    assertThat(resource("WatchMachine"))
        .contains("LogGroupArn: !GetAtt WatchLog.Arn")
        .contains("IncludeExecutionData: false");
    assertThat(resource("WatchLog")).contains("RetentionInDays: !Ref LogRetentionDays");
  }

  /** EventBridge publishes without saying for which rule: a condition would never hold. */
  @Test
  void template_topic_isPublishedToByRulesAndAlarmsOfTheAccount() throws Exception {
    String policy = resource("IncidentsToldByTheEstate");
    int rules = policy.indexOf("events.amazonaws.com");
    int alarms = policy.indexOf("cloudwatch.amazonaws.com");

    assertThat(policy.split("Effect: Allow", -1)).hasSize(3);
    assertThat(policy.substring(rules, alarms)).doesNotContain("Condition:");
    assertThat(policy.substring(alarms)).contains("aws:SourceAccount: !Ref AWS::AccountId");
  }

  @Test
  void template_startFunction_readsItsTokenAndKeepsEventsThatItCouldNotFollow() throws Exception {
    assertThat(resource("StartFunction"))
        .contains("AIRCHECK_TOKEN_SECRET: !Ref ServiceTokenSecret")
        .doesNotContain("resolve:secretsmanager")
        .contains(":secret:${ServiceTokenSecret}-??????")
        .contains("Type: SQS")
        .contains("Destination: !GetAtt Unfollowed.Arn");
    assertThat(resource("Unfollowed"))
        .contains("SqsManagedSseEnabled: true")
        .contains("MessageRetentionPeriod: 1209600");
    assertThat(resource("UnfollowedEvents")).contains("AlarmActions: [!Ref Incidents]");
  }
}
