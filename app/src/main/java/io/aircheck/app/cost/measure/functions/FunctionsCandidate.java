package io.aircheck.app.cost.measure.functions;

import io.aircheck.app.cost.measure.Candidate;
import io.aircheck.app.cost.measure.Witness;
import io.aircheck.app.cost.measure.Work;
import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.core.task.StreamTask;
import io.aircheck.deploy.inprocess.ProbeFactory;
import io.aircheck.deploy.serverless.Parts;
import io.aircheck.deploy.serverless.S3Objects;
import io.aircheck.deploy.serverless.ServerlessDeployment;
import io.aircheck.deploy.serverless.Teller;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Functions with a state machine and a bucket.
 *
 * @param settings how much of a stream one round of calls looks at, and how many pictures
 */
public record FunctionsCandidate(
    String id, String description, ServerlessDeployment.Settings settings) implements Candidate {
  private static final double MIB_PER_GIB = 1_024;

  /**
   * What the story that began all this tells of: a round of calls for each second of stream, and
   * one picture of it for each detector.
   */
  public static FunctionsCandidate ofEachSecond() {
    return new FunctionsCandidate(
        "serverless",
        "functions, a state machine and a bucket: a round of calls and a picture for each second",
        settings(Duration.ofSeconds(1)));
  }

  /** The same pictures with a tenth of the rounds. */
  public static FunctionsCandidate ofTenSeconds() {
    return new FunctionsCandidate(
        "serverless-10s",
        "functions, a state machine and a bucket: a round of calls for 10 s with 10 pictures",
        settings(Duration.ofSeconds(10)));
  }

  private static ServerlessDeployment.Settings settings(Duration segment) {
    ServerlessDeployment.Settings usual = ServerlessDeployment.Settings.DEFAULT;
    return new ServerlessDeployment.Settings(
        segment, Duration.ofSeconds(1), usual.memoryMib(), usual.retryDelay());
  }

  /** Functions know nothing of each other: what one stream uses, each does. */
  @Override
  public int[] streams() {
    return new int[] {1};
  }

  @Override
  public Running start(Work work, ProbeFactory probes, Witness witness) throws IOException {
    Parts installed = Parts.installed();
    StreamTask.Surroundings surroundings = installed.surroundings();
    KeptSources sources = new KeptSources(surroundings.sources());
    LocalBucket bucket = new LocalBucket();
    Deployment deployment =
        new ServerlessDeployment(
            new Parts(
                installed.catalog(),
                installed.folds(),
                installed.rules(),
                surroundings.withSources(sources)),
            S3Objects.of(
                LocalBucket.NAME,
                Region.US_EAST_1,
                Optional.of(bucket.endpoint()),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"))),
            witness.hearsOfIncidents()
                ? Teller.of("witness", new WitnessChannel(witness))
                : Teller.nobody(),
            settings);
    return new Functions(
        deployment, work, witness, sources, bucket, settings.memoryMib() / MIB_PER_GIB);
  }

  /** The deployment at work, with what it needs here. */
  private static final class Functions implements Running {
    private final Deployment deployment;
    private final Work work;
    private final Witness witness;
    private final KeptSources sources;
    private final LocalBucket bucket;
    private final double gib;
    private Deployment.@Nullable Handle handle;

    Functions(
        Deployment deployment,
        Work work,
        Witness witness,
        KeptSources sources,
        LocalBucket bucket,
        double gib) {
      this.deployment = deployment;
      this.work = work;
      this.witness = witness;
      this.sources = sources;
      this.bucket = bucket;
      this.gib = gib;
    }

    @Override
    public void watch(int streams) {
      handle = deployment.deploy(work.topology(streams), witness::observed);
    }

    /**
     * Without the processes of this machine: functions are paid for by the time that they run. On a
     * machine that is busy with other things they run for longer than they work, so that the
     * processor time of all of them, with that of the bucket, is the bound of it: as much memory as
     * they have comes with one processor.
     */
    @Override
    public Usage usage() {
      Deployment.Handle running = handle;
      if (running == null) {
        return Usage.NONE;
      }
      Map<Quantity, Double> amounts = new EnumMap<>(Quantity.class);
      amounts.putAll(running.usage().amounts());
      Double worked = amounts.remove(Quantity.CPU_SECONDS);
      amounts.remove(Quantity.MEMORY_GB_SECONDS);
      double ran = amounts.getOrDefault(Quantity.FUNCTION_GIB_SECONDS, 0.0) / gib;
      double seconds = worked == null ? ran : Math.min(ran, worked);
      amounts.put(Quantity.FUNCTION_SECONDS, seconds);
      amounts.put(Quantity.FUNCTION_GIB_SECONDS, seconds * gib);
      return new Usage(amounts);
    }

    @Override
    public void close() {
      Deployment.Handle running = handle;
      if (running != null) {
        running.close();
      }
      sources.close();
      bucket.close();
    }
  }
}
