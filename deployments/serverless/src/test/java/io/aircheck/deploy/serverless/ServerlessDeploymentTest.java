package io.aircheck.deploy.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.MediaSources;
import io.aircheck.core.media.SourceRequest;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.deploy.serverless.ObjectStoreException.Reason;
import io.aircheck.testkit.DeploymentContract;
import io.aircheck.testkit.FakeSources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerlessDeploymentTest extends DeploymentContract {
  /** Two pictures: what is found is found over many segments. */
  private static final ServerlessDeployment.Settings SETTINGS =
      new ServerlessDeployment.Settings(
          Duration.ofMillis(80), Duration.ZERO, 1_769, Duration.ofMillis(1));

  @Override
  protected Deployment deployment(DetectorCatalog catalog, MediaSources sources) {
    return new ServerlessDeployment(
        new Parts(catalog, List.of(), Parts.installedRules(), surroundings(sources)),
        new MemoryObjects(),
        Teller.nobody(),
        SETTINGS);
  }

  @Test
  void deploy_finiteStreamWithoutABucket_isAFailureOfTheDeployment() {
    ObjectStore away =
        new ForwardingObjects(new MemoryObjects()) {
          @Override
          public Optional<Stored> findStored(String key) throws ObjectStoreException {
            throw new ObjectStoreException(Reason.NO_BUCKET, "there is no such bucket", null);
          }
        };
    Parts parts = TestParts.over(new FakeSources().on("a", () -> TestParts.darkFrom(5, 10)));
    Topology topology = topology();

    try (Deployment.Handle handle =
        new ServerlessDeployment(parts, away, Teller.nobody(), SETTINGS)
            .deploy(topology, o -> {})) {
      assertThatThrownBy(
              () -> handle.done().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join())
          .hasCauseInstanceOf(SetupException.class)
          .hasMessageContaining("there is no such bucket");
    }
  }

  @Test
  void usage_afterARun_hasAllThatFunctionsAreBilledFor() {
    Parts parts = TestParts.over(new FakeSources().on("a", () -> TestParts.darkFrom(5, 10)));

    try (Deployment.Handle handle =
        new ServerlessDeployment(parts, new MemoryObjects(), Teller.nobody(), SETTINGS)
            .deploy(topology(), o -> {})) {
      handle.done().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();

      Usage usage = handle.usage();
      // Ten segments of two pictures, and one in which nothing is left but the end.
      int segments = 11;
      assertThat(usage.of(Quantity.STREAM_SECONDS)).isCloseTo(0.8, within(1e-9));
      // Plan, and the end; of each segment: Decide, Watch, Convert, Look, Detect, Fold.
      assertThat(usage.of(Quantity.STATE_TRANSITIONS)).isEqualTo(1 + 6 * segments + 2);
      assertThat(usage.of(Quantity.FUNCTION_INVOCATIONS)).isEqualTo(1 + 3 * segments);
      assertThat(usage.of(Quantity.FUNCTION_GIB_SECONDS)).isPositive();
      // Pictures; manifest, state and observations, and a state of the detector but at the end;
      // what was folded and where that stands.
      assertThat(usage.of(Quantity.OBJECT_WRITES)).isEqualTo(20 + 6 * segments - 1);
      assertThat(usage.of(Quantity.OBJECT_READS)).isGreaterThan(20 + 4 * segments);
      assertThat(usage.of(Quantity.OBJECT_BYTES_WRITTEN)).isPositive();
      assertThat(usage.of(Quantity.OBJECT_BYTES_READ)).isPositive();
    }
  }

  private static Topology topology() {
    return new Topology(
        List.of(
            new StreamSpec(
                "s",
                SourceRequest.of("a"),
                Optional.empty(),
                List.of(),
                List.of(TestParts.DARK),
                false)),
        List.of());
  }
}
