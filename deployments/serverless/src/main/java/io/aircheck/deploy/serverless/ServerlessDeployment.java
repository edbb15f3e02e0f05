package io.aircheck.deploy.serverless;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.RunningTopology;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.meter.Meter;
import io.aircheck.core.meter.ProcessMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs a topology by the functions that AWS Lambda runs elsewhere, called from this process in the
 * order of the state machine, with everything that they share in a bucket. It is how the price of
 * functions is measured where there are none, and for little inputs it is simply slow.
 *
 * <p>Streams are watched in full, however closely they are to be.
 */
public final class ServerlessDeployment implements Deployment {
  private final Parts parts;
  private final ObjectStore bucket;
  private final Teller teller;
  private final Settings settings;

  /**
   * How to run.
   *
   * @param segment how much of a stream is looked at by one round of calls
   * @param pictureStep of each so much time one picture is written and looked at; zero: all are
   * @param memoryMib memory that each function would be given, MiB
   * @param retryDelay before the first retry of a call; doubled before each further one
   */
  public record Settings(
      Duration segment, Duration pictureStep, int memoryMib, Duration retryDelay) {
    /** Segments of 10 s with all pictures, 1,769 MiB: as much as comes with one processor. */
    public static final Settings DEFAULT =
        new Settings(Duration.ofSeconds(10), Duration.ZERO, 1_769, Duration.ofSeconds(1));
  }

  public ServerlessDeployment(Parts parts, ObjectStore bucket, Teller teller, Settings settings) {
    this.parts = parts;
    this.bucket = bucket;
    this.teller = teller;
    this.settings = settings;
  }

  @Override
  public String id() {
    return "serverless";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the topology names a detector, option or fold that does
   *     not exist, or two streams alike; nothing has been started then
   */
  @Override
  public Handle deploy(Topology topology, Consumer<StreamObservation> listener) {
    Meter meter = new Meter();
    RunningTopology running =
        new RunningTopology(
            wanted -> prepare(wanted, listener, meter), meter, new ProcessMeter(meter)::sample);
    running.update(topology);
    return running;
  }

  private Map<String, StreamMachine> prepare(
      Topology topology, Consumer<StreamObservation> listener, Meter meter) {
    InstalledFolds.choose(parts.folds(), topology.folds());
    Map<String, StreamMachine> machines = new LinkedHashMap<>();
    for (StreamSpec stream : topology.streams()) {
      parts.catalog().configure(stream.detectors());
      StreamMachine machine =
          new StreamMachine(
              stream, topology.folds(), parts, bucket, teller, settings, listener, meter);
      if (machines.put(stream.id(), machine) != null) {
        throw new IllegalArgumentException("two streams are named " + stream.id());
      }
    }
    return machines;
  }
}
