package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Kinds;
import io.aircheck.core.observe.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What the tests of the state machine share: the interpreter, a bucket, and a clip with faults.
 * Made once for all of them.
 */
final class MachineFixture implements AutoCloseable {
  static final long SEGMENT_MICROS = 2_000_000;
  private static final String BUCKET = "frames";
  private static final String CLIP = "clip.ts";
  static final List<DetectorChoice> DETECTORS =
      Stream.of(Kinds.VIDEO_BLACK, Kinds.AUDIO_SILENCE, Kinds.SPLICE_BREAK)
          .map(kind -> new DetectorChoice(kind, Map.of()))
          .toList();

  private final Path folder;
  private final S3Server s3;

  private MachineFixture(Path folder, S3Server s3) {
    this.folder = folder;
    this.s3 = s3;
  }

  /** Gives it to tests that ask for it; without the interpreter they are skipped. */
  static final class Shared implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
      AslInterpreter.require();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == MachineFixture.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(MachineFixture.class))
          .computeIfAbsent(MachineFixture.class, type -> start());
    }
  }

  private static MachineFixture start() {
    try {
      Path folder = Files.createTempDirectory("machine");
      FaultyClip.write(folder.resolve(CLIP));
      System.setProperty("aws.accessKeyId", "id");
      System.setProperty("aws.secretAccessKey", "secret");
      return new MachineFixture(folder, S3Server.start(BUCKET));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MediaException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> environment(String bucket) {
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

  /** A watch of the clip. */
  Calls.Watch watch(String stream, FunctionsServer server) {
    return watch(stream, server, 0);
  }

  /** A watch of the clip with so many segments for an execution. */
  Calls.Watch watch(String stream, FunctionsServer server, int segmentsPerExecution) {
    return watch(stream, server.file(CLIP), false, segmentsPerExecution);
  }

  Calls.Watch watch(String stream, String uri) {
    return watch(stream, uri, false, 0);
  }

  /** A watch of the clip that is opened again when it ends. */
  Calls.Watch live(String stream, FunctionsServer server) {
    return watch(stream, server.file(CLIP), true, 0);
  }

  private static Calls.Watch watch(
      String stream, String uri, boolean live, int segmentsPerExecution) {
    return new Calls.Watch(
        stream,
        "1",
        uri,
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        DETECTORS,
        live,
        List.of(),
        IncidentPolicy.DEFAULT,
        Map.of(),
        SEGMENT_MICROS,
        0,
        segmentsPerExecution);
  }

  /** The functions as they are deployed. */
  FunctionsServer functions() throws IOException {
    return functionsOver(BUCKET);
  }

  FunctionsServer functionsOver(String bucket) throws IOException {
    return new FunctionsServer(environment(bucket), folder, (function, json) -> {});
  }

  FunctionsServer functions(FunctionsServer.Happening happening) throws IOException {
    return new FunctionsServer(environment(BUCKET), folder, happening);
  }

  S3Objects bucket() {
    return s3.bucket(BUCKET);
  }

  Path clip() {
    return folder.resolve(CLIP);
  }

  /** Puts a file beside the clip. */
  void publish(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  List<FoldedSegment> folded(String stream) throws Exception {
    List<FoldedSegment> folded = new ArrayList<>();
    while (true) {
      Optional<byte[]> json = bucket().find(SegmentNames.folded(stream + "/1", folded.size()));
      if (json.isEmpty()) {
        return folded;
      }
      folded.add(SegmentJson.read(json.get(), FoldedSegment.class));
    }
  }

  static List<Finding> closed(Stream<StreamObservation> observations) {
    return observations
        .map(StreamObservation::observation)
        .filter(Observation.Closed.class::isInstance)
        .map(observation -> ((Observation.Closed) observation).finding())
        .toList();
  }

  List<Finding> found(String stream) throws Exception {
    return closed(folded(stream).stream().flatMap(segment -> segment.observations().stream()));
  }

  @Override
  public void close() throws IOException {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    s3.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
