package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.Deployment;
import io.aircheck.core.deploy.StreamObservation;
import io.aircheck.core.deploy.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Consumer;

/**
 * Runs topologies on whatever job follows the desk: whoever deploys and the job come and go without
 * each other. While there is no job nothing is watched; while nobody deploys the job goes on with
 * what it was told last.
 */
public final class DeskDeployment implements Deployment {
  private final TopologyCheck check;
  private final InetSocketAddress at;
  private final String secret;
  private final JobListener listener;
  private final Consumer<URI> opened;

  /**
   * @param workers what the workers work with, and so what a topology may name
   * @param at where the desk listens: the same each time, so that a job finds it again
   * @param secret name of the path below which it answers; the same each time
   * @param listener told of what comes out of the job beside observations
   * @param opened told the address of the desk
   */
  public DeskDeployment(
      WorkerSetup workers,
      InetSocketAddress at,
      String secret,
      JobListener listener,
      Consumer<URI> opened) {
    this.check = TopologyCheck.of(workers);
    this.at = at;
    this.secret = secret;
    this.listener = listener;
    this.opened = opened;
  }

  @Override
  public String id() {
    return "flink";
  }

  /**
   * {@inheritDoc}
   *
   * <p>Closing the handle leaves the job alone: it goes on, and what comes of it waits for the next
   * desk.
   *
   * @throws IllegalArgumentException when the topology names something that does not exist, or two
   *     streams alike
   * @throws UncheckedIOException when the desk cannot listen
   */
  @Override
  public Handle deploy(Topology topology, Consumer<StreamObservation> observations) {
    check.accept(topology);
    try {
      DeskHandle desk = new DeskHandle(check, at, secret, observations, listener);
      if (!topology.streams().isEmpty()) {
        // Who begins with nothing has yet to say what is to be watched: a job goes on until then.
        desk.begin(topology);
      }
      opened.accept(desk.link().address());
      return desk;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the desk for the cluster cannot listen on %s: %s".formatted(at, e.getMessage()), e);
    }
  }
}
