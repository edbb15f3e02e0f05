package io.aircheck.app.serve.viewers;

import io.aircheck.app.viewers.Pace;
import io.aircheck.audience.crowd.Dimension;
import io.aircheck.audience.network.Courier;
import io.aircheck.audience.network.Delivery;
import io.aircheck.audience.network.Troubles;
import io.aircheck.audience.simulation.Audience;
import io.aircheck.audience.simulation.Simulation;
import io.aircheck.audience.viewer.Post;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.intake.Locator;
import io.aircheck.experience.intake.OptOut;
import io.aircheck.experience.intake.Sender;
import io.aircheck.experience.journal.Journal;
import io.aircheck.experience.journal.JournalEntry;
import io.aircheck.experience.journal.JournalPolicy;
import io.aircheck.experience.journal.Sync;
import io.aircheck.experience.report.Arrival;
import io.aircheck.experience.report.Attributes;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An audience that has watched for some time: what came until now is in the journal of a service
 * that is to be started, and the rest may be posted to it as it comes. One thread at a time.
 */
public final class PastAudience {
  /** Headers in which a proxy would tell where somebody is. */
  public static final String COUNTRY = "X-Country";

  public static final String NETWORK = "X-Network";

  private static final JournalPolicy POLICY =
      JournalPolicy.of(Duration.ofHours(3), 1_000_000_000, Sync.NEVER);

  /** As the sender of an address tells them. */
  private static final Map<Dimension, String> TOLD =
      Map.of(
          Dimension.PLAYER, Attributes.PLAYER,
          Dimension.PLAYER_VERSION, Attributes.PLAYER_VERSION,
          Dimension.APP_VERSION, Attributes.APP_VERSION);

  private final Arrivals arrivals =
      new Arrivals(Locator.NOWHERE, new OptOut(true, false), Set.of());
  private final Courier courier;
  private @Nullable Delivery next;

  /** An audience that began at a time, milliseconds since the epoch. */
  public PastAudience(Audience audience, long seed, long beginMillis) {
    courier = new Courier(new Simulation(audience, seed, beginMillis), Troubles.NONE, seed);
    next = courier.next();
  }

  /** Leaves in the folder of a journal what came before a time. */
  public void report(Path folder, long untilMillis) throws IOException {
    try (Journal journal = Journal.open(folder, POLICY)) {
      for (Delivery one = next; one != null && one.millis() < untilMillis; one = next) {
        journal.append(entry(one));
        next = courier.next();
      }
    }
  }

  private JournalEntry entry(Delivery delivery) {
    Post post = delivery.post();
    Map<String, String> told = new HashMap<>();
    TOLD.forEach((dimension, name) -> told.put(name, post.cohort().value(dimension)));
    Arrival arrival =
        arrivals.of(
            delivery.millis(),
            "/v1/viewers/reports",
            new Sender(null, post.userAgent(), null, null),
            told,
            new Locator.Location(
                post.cohort().value(Dimension.COUNTRY), post.cohort().value(Dimension.NETWORK)));
    if (arrival == null) {
      throw new IllegalStateException("nobody opts out of a simulation");
    }
    return new JournalEntry(ReportSchema.CMCD, arrival, post.body());
  }

  /**
   * Posts what comes from then on, when it comes; until everybody has left or the thread is
   * interrupted.
   *
   * @param service its address
   */
  public void goOn(String service) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Delivery one = next; one != null; one = next) {
        Pace.SYSTEM.sleep(Math.max(0, one.millis() - Pace.SYSTEM.nowMillis()));
        client.send(request(service, one.post()), HttpResponse.BodyHandlers.discarding());
        next = courier.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest request(String service, Post post) {
    String told =
        TOLD.entrySet().stream()
            .map(
                name ->
                    name.getValue()
                        + "="
                        + URLEncoder.encode(
                            post.cohort().value(name.getKey()), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(URI.create(service + "/v1/viewers/reports?" + told))
        .header("Content-Type", "application/cmcd")
        .header("User-Agent", post.userAgent())
        .header(COUNTRY, post.cohort().value(Dimension.COUNTRY))
        .header(NETWORK, post.cohort().value(Dimension.NETWORK))
        .POST(HttpRequest.BodyPublishers.ofByteArray(post.body()))
        .build();
  }
}
