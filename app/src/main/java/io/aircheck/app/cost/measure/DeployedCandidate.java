package io.aircheck.app.cost.measure;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamSpec;
import io.aircheck.core.deploy.Topology;
import io.aircheck.core.meter.Quantity;
import io.aircheck.core.meter.Usage;
import io.aircheck.deploy.inprocess.ProbeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A candidate that is a deployment.
 *
 * @param fewestDetectors that it makes sense with
 * @param deployment makes it
 * @param parts streams of the deployment that one stream is made of, by its name
 */
record DeployedCandidate(
    String id,
    String description,
    List<Integer> numbers,
    int fewestDetectors,
    Maker deployment,
    BiFunction<Work, String, List<StreamSpec>> parts)
    implements Candidate {

  /** Makes a deployment. */
  @FunctionalInterface
  interface Maker {
    /**
     * @param witness told of incidents, where the deployment makes them
     */
    Deployment make(ProbeFactory probes, Witness witness);
  }

  DeployedCandidate {
    numbers = List.copyOf(numbers);
  }

  @Override
  public int[] streams() {
    return numbers.stream().mapToInt(number -> number).toArray();
  }

  @Override
  public Running start(Work work, ProbeFactory probes, Witness witness) throws IOException {
    work.requireDetectors(fewestDetectors);
    return new Deployed(deployment.make(probes, witness), name -> parts.apply(work, name), witness);
  }

  /** A deployment that runs streams of several parts. */
  static final class Deployed implements Running {
    private final Deployment deployment;
    private final Function<String, List<StreamSpec>> parts;
    private final Witness witness;
    private final AtomicInteger names = new AtomicInteger();
    private int partsOfEach = 1;
    private Deployment.@Nullable Handle handle;

    Deployed(Deployment deployment, Function<String, List<StreamSpec>> parts, Witness witness) {
      this.deployment = deployment;
      this.parts = parts;
      this.witness = witness;
    }

    @Override
    public void watch(int streams) {
      List<StreamSpec> all = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        List<StreamSpec> one = parts.apply("stream-" + names.incrementAndGet());
        partsOfEach = one.size();
        all.addAll(one);
      }
      Topology topology = new Topology(all, List.of());
      Deployment.Handle running = handle;
      if (running == null) {
        handle = deployment.deploy(topology, witness::observed);
      } else {
        running.update(topology);
      }
    }

    /** A second of a stream is a second, of however many parts it is made. */
    @Override
    public Usage usage() {
      Deployment.Handle running = handle;
      if (running == null) {
        return Usage.NONE;
      }
      Map<Quantity, Double> amounts = new EnumMap<>(Quantity.class);
      amounts.putAll(running.usage().amounts());
      amounts.computeIfPresent(Quantity.STREAM_SECONDS, (q, seconds) -> seconds / partsOfEach);
      return new Usage(amounts);
    }

    @Override
    public void close() {
      Deployment.Handle running = handle;
      if (running != null) {
        running.close();
      }
    }
  }
}
