package io.aircheck.deploy.flink;

import io.aircheck.core.deploy.ObservationFold;
import io.aircheck.deploy.flink.viewers.ReportTopic;
import io.aircheck.deploy.flink.viewers.ViewerJob;
import io.aircheck.deploy.flink.viewers.ViewerSetup;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs of Aircheck on a cluster that runs elsewhere. */
public final class FlinkJobs {
  private static final long TIMEOUT_SECONDS = 20;
  private static final int TIMEOUT_MILLIS = 20_000;

  /** Lists are files, and read with everything that belongs to them. */
  private static final Duration LIST_INTERVAL = Duration.ofSeconds(5);

  private static final Pattern TASK_MANAGERS = Pattern.compile("\"taskmanagers\":(\\d+)");

  private final Configuration client;

  /**
   * @param client what clients of the cluster are set up by
   */
  public FlinkJobs(Configuration client) {
    this.client = client;
  }

  /**
   * Submits a job that goes on until it is cancelled.
   *
   * @param desk address of the {@link DeskDeployment} that it follows
   * @param parallelism readers at most; fewer where the cluster has fewer slots
   * @param workers what its tasks work with
   * @return id of the job
   * @throws IOException when the cluster does not take it
   */
  public String submit(URI desk, int parallelism, WorkerSetup workers) throws IOException {
    return submit(environment(parallelism), desk, workers);
  }

  /**
   * Submits a job that follows no desk and goes on until it is cancelled.
   *
   * @param streams what it watches
   * @param sinks where what happens to incidents goes
   * @param parallelism readers at most; fewer where the cluster has fewer slots
   * @param workers what its tasks work with, what makes incidents among it
   * @return id of the job
   * @throws IOException when the cluster does not take it
   */
  public String submit(
      StreamList streams, List<? extends SinkSetup> sinks, int parallelism, WorkerSetup workers)
      throws IOException {
    return submit(environment(parallelism), streams, sinks, workers);
  }

  /**
   * Submits a job that reads viewers' reports and goes on until it is cancelled.
   *
   * @param setup what its tasks work with
   * @param topic where reports are
   * @param parallelism workers at most; fewer where the cluster has fewer slots
   * @return id of the job
   * @throws IOException when the cluster does not take it
   */
  public String submit(ViewerSetup setup, ReportTopic topic, int parallelism) throws IOException {
    return new ViewerJob(setup, topic, ViewerJob.Settings.DEFAULT)
        .submit(environment(parallelism))
        .getJobID()
        .toHexString();
  }

  /** Whether a job of a {@linkplain #list list} reads viewers' reports. */
  public static boolean isOfViewers(String listed) {
    return listed.contains(" " + ViewerJob.NAME + " ");
  }

  /**
   * Submits a job where Flink has started this program to do so.
   *
   * @param desk address of the {@link DeskDeployment} that it follows
   * @param workers what its tasks work with
   * @throws IOException when the cluster does not take it
   */
  public static void submitHere(URI desk, WorkerSetup workers) throws IOException {
    submit(StreamExecutionEnvironment.getExecutionEnvironment(), desk, workers);
  }

  /**
   * Submits a job that follows no desk where Flink has started this program to do so.
   *
   * @param streams what it watches
   * @param sinks where what happens to incidents goes
   * @param workers what its tasks work with, what makes incidents among it
   * @throws IOException when the cluster does not take it
   */
  public static void submitHere(
      StreamList streams, List<? extends SinkSetup> sinks, WorkerSetup workers) throws IOException {
    submit(StreamExecutionEnvironment.getExecutionEnvironment(), streams, sinks, workers);
  }

  private static String submit(StreamExecutionEnvironment cluster, URI desk, WorkerSetup workers)
      throws IOException {
    FlinkDeployment.Settings settings = FlinkDeployment.Settings.DEFAULT;
    return new WatchJob(workers, settings.checkpoint(), settings.catalogue())
        .submit(cluster, new DeskLink(desk))
        .getJobID()
        .toHexString();
  }

  private static String submit(
      StreamExecutionEnvironment cluster,
      StreamList streams,
      List<? extends SinkSetup> sinks,
      WorkerSetup workers)
      throws IOException {
    List<String> folds = workers.folds().stream().<String>map(ObservationFold::id).toList();
    return new WatchJob(workers, FlinkDeployment.Settings.DEFAULT.checkpoint(), LIST_INTERVAL)
        .submit(
            cluster,
            new ListedStreams(streams, folds),
            sinks.stream().map(Exit.ToSink::new).toList())
        .getJobID()
        .toHexString();
  }

  /**
   * Runs topologies there, as jobs that end with them.
   *
   * @param parallelism readers at most; fewer where the cluster has fewer slots
   * @param workers what the tasks work with
   * @param listener told of what comes out of jobs beside observations
   */
  public FlinkDeployment deployment(int parallelism, WorkerSetup workers, JobListener listener) {
    return new FlinkDeployment(
        () -> environment(parallelism), workers, FlinkDeployment.Settings.DEFAULT, listener);
  }

  private StreamExecutionEnvironment environment(int parallelism) {
    StreamExecutionEnvironment cluster = new StreamExecutionEnvironment(client);
    cluster.setParallelism(parallelism);
    return cluster;
  }

  /**
   * Jobs that have not ended: id, name and state of each.
   *
   * @throws IOException when the cluster does not answer
   */
  public List<String> list() throws IOException {
    return ask(
        cluster -> {
          List<String> jobs = new ArrayList<>();
          for (JobStatusMessage job : cluster.listJobs().get(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            JobStatus state = job.getJobState();
            if (!state.isGloballyTerminalState()) {
              jobs.add(job.getJobId().toHexString() + " " + job.getJobName() + " " + state);
            }
          }
          return jobs;
        });
  }

  /**
   * Task managers that the leading job manager knows.
   *
   * @throws IOException when the cluster does not answer
   */
  public int taskManagers() throws IOException {
    return ask(
        cluster -> {
          // An answer tells who leads; before, the client does not know whom to ask.
          cluster.listJobs().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
          URI overview = URI.create(cluster.getWebInterfaceURL() + "/overview");
          HttpURLConnection connection = (HttpURLConnection) overview.toURL().openConnection();
          connection.setConnectTimeout(TIMEOUT_MILLIS);
          connection.setReadTimeout(TIMEOUT_MILLIS);
          try (InputStream body = connection.getInputStream()) {
            String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            Matcher count = TASK_MANAGERS.matcher(json);
            return count.find() ? Integer.parseInt(count.group(1)) : 0;
          } finally {
            connection.disconnect();
          }
        });
  }

  private <T> T ask(Question<T> question) throws IOException {
    try (RestClusterClient<String> cluster = new RestClusterClient<>(client, "aircheck")) {
      return question.ask(cluster);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("the cluster does not answer: " + e.getMessage(), e);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the cluster cannot be asked: " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(RestClusterClient<String> cluster) throws Exception;
  }
}
