package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionHandlerTest {
  private static final String CALL =
      "{\"stream\": \"s\", \"uri\": \"https://example.com/a.m3u8\", \"detectors\": []}";
  private static final Map<String, String> NOBODY_THERE =
      Map.of(
          FunctionEnvironment.BUCKET, "frames",
          FunctionEnvironment.ENDPOINT, "http://localhost:1",
          FunctionEnvironment.REGION, "eu-west-1");

  private final FakeContext context = new FakeContext();

  private void call(FunctionHandler handler, String json) throws IOException {
    handler.handleRequest(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        context);
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> environment = new HashMap<>(NOBODY_THERE);
    environment.put(name, value);
    return environment;
  }

  /** What is made before a snapshot is taken must not have connected to anything. */
  @Test
  void constructor_nobodyThere_doesNotConnect() {
    assertThat(new DetectHandler(NOBODY_THERE)).isNotNull();
    assertThat(
            new StartHandler(
                Map.of(StartHandler.TOKEN, "token", FunctionEnvironment.REGION, "eu-west-1"),
                S3Server.CREDENTIALS))
        .isNotNull();
  }

  @Test
  void call_noBucketNamed_saysWhatToSet() {
    FunctionHandler handler = new FoldHandler(Map.of(FunctionEnvironment.REGION, "eu-west-1"));

    assertThatThrownBy(() -> call(handler, "{}"))
        .isInstanceOf(SetupException.class)
        .hasMessage("AIRCHECK_BUCKET is not set: it names the bucket that functions share");
    assertThat(context.logged())
        .contains("SetupException: AIRCHECK_BUCKET is not set")
        .contains("used {");
  }

  @Test
  void call_topicThatIsNone_saysWhatIsWrong() {
    FunctionHandler handler = new FoldHandler(with(FunctionEnvironment.TOPIC, "incidents"));

    assertThatThrownBy(() -> call(handler, "{}"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("topicArn must be an ARN");
  }

  @Test
  void call_unknownDetector_isForSomebodyToMend() {
    String wrong = CALL.replace("[]", "[{\"kind\": \"video.blak\", \"options\": {}}]");

    assertThatThrownBy(() -> call(new PlanHandler(NOBODY_THERE), wrong))
        .isInstanceOf(SetupException.class)
        .hasMessage("unknown detector video.blak; did you mean video.black?");
  }

  @Test
  void call_localFile_isRefused() {
    assertThatThrownBy(() -> call(new ConvertHandler(NOBODY_THERE), convert("/etc/passwd")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not allowed");
  }

  @Test
  void call_addressOfAPrivateNetwork_isRefused() {
    assertThatThrownBy(
            () -> call(new ConvertHandler(NOBODY_THERE), convert("http://127.0.0.1:9/a.ts")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("private");
  }

  private static String convert(String uri) throws IOException {
    return new String(
        SegmentJson.write(
            new Calls.Convert(TestParts.WHERE, TestParts.input(uri, false, 1_000_000), 0)),
        StandardCharsets.UTF_8);
  }

  @Test
  void call_noJson_saysWhatItIsNot() {
    assertThatThrownBy(() -> call(new DetectHandler(NOBODY_THERE), "?"))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("no call of detect: ");
  }
}
