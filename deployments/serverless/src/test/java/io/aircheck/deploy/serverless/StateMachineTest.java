package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.incident.IncidentChange;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.ChannelLayout;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.media.MediaWriter;
import io.aircheck.core.media.MediaWriterFactory;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.media.WriteRequest;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Observation;
import io.aircheck.deploy.inprocess.InProcessDeployment;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.testkit.TestFrame;
import io.aircheck.testkit.TestSound;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real definition, run by an interpreter that is not ours, over the real handlers and S3. */
@Tag("slow")
class StateMachineTest {
  private static final int RATE = 25;
  private static final int SECONDS = 8;
  private static final long SEGMENT_MICROS = 2_000_000;
  private static final String BUCKET = "frames";
  private static final String CLIP = "clip.ts";
  private static final List<DetectorChoice> DETECTORS =
      Stream.of(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE, Kinds.SPLICE_BREAK)
          .map(kind -> new DetectorChoice(kind, Map.of()))
          .toList();

  @TempDir static Path folder;
  private static S3Server s3;

  @BeforeAll
  static void start() throws Exception {
    AslInterpreter.require();
    s3 = S3Server.start(BUCKET);
    System.setProperty("aws.accessKeyId", "id");
    System.setProperty("aws.secretAccessKey", "secret");
    writeClip(folder.resolve(CLIP));
  }

  @AfterAll
  static void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    if (s3 != null) {
      s3.close();
    }
  }

  /** Eight seconds, of which the pictures are black and the sound is silent from 2.6 s to 5.8 s. */
  private static void writeClip(Path file) throws MediaException {
    WriteRequest request =
        new WriteRequest(
            file,
            "mpegts",
            Optional.of(new WriteRequest.Video(160, 96, RATE, 1, 600_000, RATE)),
            Optional.of(new WriteRequest.Audio(48_000, ChannelLayout.STEREO, 96_000)),
            Map.of());
    MediaWriterFactory factory = ServiceLoader.load(MediaWriterFactory.class).iterator().next();
    try (MediaWriter writer = factory.create(request)) {
      for (int i = 0; i < SECONDS * RATE; i++) {
        boolean nothing = i >= 65 && i < 145;
        int shift = 3 * i;
        long micros = i * 1_000_000L / RATE;
        writer.video(
            TestFrame.painted(
                    160, 96, (x, y) -> nothing ? 16 : 60 + (x + shift) * (y + 7) / 11 % 120)
                .at(micros, 40_000));
        writer.audio(
            TestSound.generated(
                micros,
                48_000,
                ChannelLayout.STEREO,
                48_000 / RATE,
                (channel, time) -> nothing ? 0 : 0.2 * Math.sin(2 * Math.PI * 440 * time)));
      }
      writer.finish();
    }
  }

  private static Map<String, String> environment(String bucket) {
    return Map.of(
        FunctionEnvironment.BUCKET,
        bucket,
        FunctionEnvironment.ENDPOINT,
        s3.endpoint().toString(),
        FunctionEnvironment.REGION,
        "eu-west-1",
        FunctionEnvironment.PRIVATE_NETWORKS,
        "true");
  }

  private static Calls.Watch watch(String stream, String uri, int segmentsPerExecution) {
    return new Calls.Watch(
        stream,
        "1",
        uri,
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        DETECTORS,
        false,
        List.of(),
        IncidentPolicy.DEFAULT,
        Map.of(),
        SEGMENT_MICROS,
        0,
        segmentsPerExecution);
  }

  private static Calls.Watch live(String stream, String uri) {
    Calls.Watch watch = watch(stream, uri, 0);
    return new Calls.Watch(
        watch.stream(),
        watch.run(),
        watch.uri(),
        watch.headers(),
        watch.decryptionKeys(),
        watch.reference(),
        watch.renditions(),
        watch.detectors(),
        true,
        watch.folds(),
        watch.policy(),
        watch.labels(),
        watch.segmentMicros(),
        watch.pictureStepMicros(),
        watch.segmentsPerExecution());
  }

  /** Somebody takes a right away: the only thing that ends the watch of a live stream. */
  private static FunctionsServer.Before deniedAtSegment(int number) {
    return (function, json) -> {
      if (function.equals("convert")
          && SegmentJson.read(json, Calls.Convert.class).number() == number) {
        throw new SetupException(new IllegalStateException("denied"));
      }
    };
  }

  private static FunctionsServer functions(String bucket, FunctionsServer.Before before)
      throws Exception {
    return new FunctionsServer(environment(bucket), folder, before);
  }

  private static List<FoldedSegment> folded(String stream) throws Exception {
    List<FoldedSegment> folded = new ArrayList<>();
    while (true) {
      Optional<byte[]> json =
          s3.bucket(BUCKET).find(SegmentNames.folded(stream + "/1", folded.size()));
      if (json.isEmpty()) {
        return folded;
      }
      folded.add(SegmentJson.read(json.get(), FoldedSegment.class));
    }
  }

  private static List<Finding> closed(Stream<StreamObservation> observations) {
    return observations
        .map(StreamObservation::observation)
        .filter(Observation.Closed.class::isInstance)
        .map(observation -> ((Observation.Closed) observation).finding())
        .toList();
  }

  private static List<Finding> found(String stream) throws Exception {
    return closed(folded(stream).stream().flatMap(segment -> segment.observations().stream()));
  }

  /** What a deployment finds of the clip, and what it used. */
  private static List<Finding> run(Deployment deployment, List<Deployment.Handle> handles) {
    List<StreamObservation> seen = Collections.synchronizedList(new ArrayList<>());
    StreamSpec stream =
        new StreamSpec(
            "clip",
            SourceRequest.of(folder.resolve(CLIP).toString()),
            Optional.empty(),
            List.of(),
            DETECTORS,
            false);
    try (Deployment.Handle handle =
        deployment.deploy(new Topology(List.of(stream), List.of()), seen::add)) {
      handle.done().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
      handles.add(handle);
    }
    return closed(seen.stream());
  }

  private static ServerlessDeployment calledFromHere() {
    return new ServerlessDeployment(
        Parts.installed(),
        new MemoryObjects(),
        Teller.nobody(),
        new ServerlessDeployment.Settings(
            Duration.ofMillis(SEGMENT_MICROS / 1_000), Duration.ZERO, 1_769, Duration.ofMillis(1)));
  }

  @Test
  void execution_clipWithFaults_findsWhatOneProcessFindsInAsManyTransitionsAsCallsFromHere()
      throws Exception {
    List<Finding> inOneProcess =
        run(
            InProcessDeployment.installed(InProcessDeployment.Settings.DEFAULT, ProbeFactory.NONE),
            new ArrayList<>());
    List<Deployment.Handle> handles = new ArrayList<>();
    List<Finding> byCallsFromHere = run(calledFromHere(), handles);

    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, (function, json) -> {})) {
      execution = AslInterpreter.run(watch("clip", server.file(CLIP), 0), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(inOneProcess)
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
    assertThat(found("clip")).containsExactlyInAnyOrderElementsOf(inOneProcess);
    assertThat(byCallsFromHere).containsExactlyInAnyOrderElementsOf(inOneProcess);
    assertThat((double) execution.transitions())
        .isEqualTo(handles.getFirst().usage().of(Quantity.STATE_TRANSITIONS));
    assertThat(folded("clip").stream().flatMap(segment -> segment.changes().stream()))
        .extracting(change -> change.incident().cause() + " " + change.type())
        .contains(
            Kinds.VIDEO_BLACK + " " + IncidentChange.Type.OPENED,
            Kinds.VIDEO_BLACK + " " + IncidentChange.Type.CLOSED);
  }

  @Test
  void execution_historyIsLimited_goesOnElsewhereAndFindsTheSame() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, (function, json) -> {})) {
      execution = AslInterpreter.run(watch("long", server.file(CLIP), 2), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.entered("Elsewhere")).isPositive();
    assertThat(execution.entered("Plan")).isEqualTo(execution.entered("Elsewhere") + 1);
    assertThat(found("long"))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  @Test
  void execution_answerOfStartingTheNextLost_startsOne() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, (function, json) -> {})) {
      execution =
          AslInterpreter.run(
              watch("once", server.file(CLIP), 3),
              server.uri(),
              new AslInterpreter.Outage("start", 0, "States.Timeout", 1));
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.started()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(execution.started())
        .allSatisfy(name -> assertThat(name.asText()).matches("[0-9a-f]{64}"));
    assertThat(execution.entered("Plan")).isEqualTo(execution.started().size() + 1);
    assertThat(execution.entered("Elsewhere")).isGreaterThan(execution.started().size());
  }

  @Test
  void execution_pictureMissing_losesOneLookAndNothingOfTheOtherDetectors() throws Exception {
    S3Objects bucket = s3.bucket(BUCKET);
    FunctionsServer.Before poison =
        (function, json) -> {
          if (function.equals("detect")) {
            Calls.Detect call = SegmentJson.read(json, Calls.Detect.class);
            if (call.number() == 2) {
              Segment segment = Converter.read(bucket, call.where().prefix(), 2);
              for (Segment.Step step : segment.steps()) {
                if (step instanceof Segment.Picture picture) {
                  bucket.put(picture.key(), new byte[] {1, 2, 3});
                }
              }
            }
          }
        };

    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, poison)) {
      execution = AslInterpreter.run(watch("poisoned", server.file(CLIP), 0), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.entered("Unseen")).isEqualTo(1);
    assertThat(folded("poisoned").get(2).failures())
        .singleElement()
        .asString()
        .startsWith("poisoned, video.black: ");
    assertThat(found("poisoned"))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  @Test
  void execution_objectMissing_losesOneLookOfTheDetectorThatNeedsIt() throws Exception {
    S3Objects bucket = s3.bucket(BUCKET);
    FunctionsServer.Before lost =
        (function, json) -> {
          if (function.equals("detect")) {
            Calls.Detect call = SegmentJson.read(json, Calls.Detect.class);
            String manifest = SegmentNames.manifest(call.where().prefix(), 1);
            if (call.number() == 1 && call.look().detector().kind().equals(Kinds.AUDIO_SILENCE)) {
              String segment = new String(bucket.get(manifest), StandardCharsets.UTF_8);
              bucket.put(
                  manifest,
                  segment
                      .replaceAll("(\"step\":\"sound\",\"key\":\")[^\"]*", "$1media/gone")
                      .getBytes(StandardCharsets.UTF_8));
            }
          }
        };

    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, lost)) {
      execution = AslInterpreter.run(watch("gone", server.file(CLIP), 0), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(folded("gone").get(1).failures())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("media/gone"));
    assertThat(found("gone")).extracting(Finding::kind).contains(Kinds.VIDEO_BLACK);
  }

  /** A segment that every call dies of costs one look of each detector, and not the watch. */
  @Test
  void execution_segmentThatEveryCallTimesOutOn_losesItAlone() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, (function, json) -> {})) {
      execution =
          AslInterpreter.run(
              watch("dies", server.file(CLIP), 0),
              server.uri(),
              new AslInterpreter.Outage("detect", 0, "States.Timeout", 850));
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.entered("Unseen")).isEqualTo(DETECTORS.size());
    assertThat(folded("dies").get(0).failures())
        .hasSize(DETECTORS.size())
        .allSatisfy(line -> assertThat(line).contains("States.Timeout"));
    assertThat(found("dies"))
        .extracting(Finding::kind)
        .contains(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  @Test
  void execution_noCredentials_failsAtOnceAndSaysWhatToDo() throws Exception {
    System.clearProperty("aws.accessKeyId");
    System.setProperty("aws.disableEc2Metadata", "true");
    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, (function, json) -> {})) {
      execution = AslInterpreter.run(watch("nobody", server.file(CLIP), 0), server.uri());
    } finally {
      System.setProperty("aws.accessKeyId", "id");
      System.clearProperty("aws.disableEc2Metadata");
    }

    assertThat(execution.error()).isEqualTo(SetupException.class.getName());
    assertThat(execution.cause()).contains("there are no credentials; give the function a role");
    assertThat(execution.entered("Plan")).isEqualTo(1);
  }

  @Test
  void execution_bucketMissing_failsAtOnceAndSaysWhatToDo() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions("nowhere", (function, json) -> {})) {
      execution = AslInterpreter.run(watch("bucket", server.file(CLIP), 0), server.uri());
    }

    assertThat(execution.error()).isEqualTo(SetupException.class.getName());
    assertThat(execution.cause()).contains("there is no such bucket; create it, or name another");
    assertThat(execution.entered("Plan")).isEqualTo(1);
  }

  @Test
  void execution_inputMissing_failsAndSaysWhy() throws Exception {
    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, (function, json) -> {})) {
      execution = AslInterpreter.run(watch("away", server.file("none.ts"), 0), server.uri());
    }

    assertThat(execution.error()).isEqualTo("Unreadable");
    assertThat(execution.cause()).startsWith("away: ").contains("none.ts");
    assertThat(execution.entered("Unconverted")).isEqualTo(1);
  }

  @Test
  void execution_storeThrottles_isTriedAgain() throws Exception {
    List<String> failed = Collections.synchronizedList(new ArrayList<>());
    FunctionsServer.Before throttled =
        (function, json) -> {
          JsonNode call = SegmentJson.read(json, JsonNode.class);
          String name = function + " " + call.path("number") + " " + call.at("/look/index");
          if (!failed.contains(name)) {
            failed.add(name);
            throw new PassingException(new IllegalStateException("too many requests"));
          }
        };

    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, throttled)) {
      execution = AslInterpreter.run(watch("throttled", server.file(CLIP), 0), server.uri());
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.entered("Convert")).isEqualTo(2 * execution.entered("Watch"));
    assertThat(found("throttled"))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  /** Whatever the machine is told while a function is away. */
  @ParameterizedTest
  @CsvSource({
    "plan, 0, States.Timeout",
    "plan, 0, Lambda.Unknown",
    "convert, 1, Lambda.TooManyRequestsException",
    "convert, 1, States.Timeout",
    "detect, 1, Lambda.TooManyRequestsException",
    "fold, 1, Lambda.ServiceException",
    "fold, 1, Lambda.Unknown"
  })
  void execution_functionAwayForAMinute_losesNothing(String function, int number, String error)
      throws Exception {
    String stream = "minute-" + function + "-" + error;
    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, (called, json) -> {})) {
      execution =
          AslInterpreter.run(
              watch(stream, server.file(CLIP), 0),
              server.uri(),
              new AslInterpreter.Outage(function, number, error, 60));
    }

    assertThat(execution.succeeded()).as(execution.said().toString()).isTrue();
    assertThat(execution.waitedSeconds()).isGreaterThanOrEqualTo(60);
    assertThat(folded(stream)).allSatisfy(segment -> assertThat(segment.failures()).isEmpty());
    assertThat(found(stream))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  /** A quota that stays used up: nothing is lost, and nothing is said to be over. */
  @Test
  void execution_quotaUsedUpForLong_failsAndStartedAgainGoesOnWhereItStood() throws Exception {
    Calls.Watch watch;
    AslInterpreter.Execution stopped;
    AslInterpreter.Execution again;
    try (FunctionsServer server = functions(BUCKET, (function, json) -> {})) {
      watch = watch("quota", server.file(CLIP), 0);
      stopped =
          AslInterpreter.run(
              watch,
              server.uri(),
              new AslInterpreter.Outage("convert", 2, "Lambda.TooManyRequestsException", 3_600));
      again = AslInterpreter.run(watch, server.uri());
    }

    assertThat(stopped.succeeded()).isFalse();
    assertThat(stopped.error()).isEqualTo("Lambda.TooManyRequestsException");
    assertThat(stopped.entered("Fold")).isEqualTo(2);
    assertThat(again.succeeded()).as(again.said().toString()).isTrue();
    assertThat(again.entered("Fold")).isEqualTo(folded("quota").size() - 2);
    assertThat(found("quota"))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE);
  }

  /** Longer than every retry: another execution asks again. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "fold"})
  void execution_liveAndFunctionAwayForAnHour_goesOnElsewhere(String function) throws Exception {
    String stream = "hour-" + function;
    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, deniedAtSegment(1))) {
      execution =
          AslInterpreter.run(
              live(stream, server.file(CLIP)),
              server.uri(),
              new AslInterpreter.Outage(function, 0, "Lambda.ServiceException", 3_600));
    }

    assertThat(execution.error())
        .as(execution.said().toString())
        .isEqualTo(SetupException.class.getName());
    assertThat(execution.entered("Later")).isPositive();
    assertThat(execution.started()).hasSize(execution.entered("Later"));
    assertThat(folded(stream)).hasSize(1);
  }

  @Test
  void execution_liveAndPlaylistNotThereYet_waitsForIt() throws Exception {
    AtomicInteger plans = new AtomicInteger();
    FunctionsServer.Before sentLater =
        (function, json) -> {
          if (function.equals("plan") && plans.incrementAndGet() == 4) {
            Files.writeString(
                folder.resolve("later.m3u8"),
                "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nclip.ts\n");
          }
          deniedAtSegment(0).call(function, json);
        };

    AslInterpreter.Execution execution;
    try (FunctionsServer server = functions(BUCKET, sentLater)) {
      execution = AslInterpreter.run(live("later", server.file("later.m3u8")), server.uri());
    }

    assertThat(execution.entered("Plan")).as(execution.said().toString()).isEqualTo(4);
    assertThat(execution.entered("Convert")).isEqualTo(1);
  }
}
