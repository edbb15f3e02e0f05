package io.aircheck.app.serve.copies;

import io.aircheck.core.copies.Assignment;
import io.aircheck.core.copies.StatusBoard;
import io.aircheck.core.copies.StatusBoard.Status;
import io.aircheck.storage.RecordJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tells the others how what is watched here is doing, when that has changed. What a stream costs is
 * told once it has settled, since the first seconds of a process go into compiling, and again when
 * it has become much more or less. One thread.
 */
final class StatusPosts {
  /** Looks, one a second, until the cost of a stream counts. */
  private static final int SETTLED = 30;

  /** How much a new measurement counts against those before. */
  private static final double NEW_SHARE = 0.1;

  /** A cost that is told anew differs by so much of it. */
  private static final double NOTABLE = 0.25;

  /** Cores that nobody has measured. */
  private static final double UNKNOWN = -1;

  /** The viewers, of whom something is new all the time, are told of so often. */
  private static final long VIEWERS_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Host host;
  private String viewers = "";
  private long viewersNanos = System.nanoTime() - VIEWERS_NANOS;

  private static final class Post {
    private String body = "";
    private double cores;
    private double toldCores = UNKNOWN;
    private int looks;
  }

  private final Map<Assignment, Post> posts = new HashMap<>();

  StatusPosts(Host host) {
    this.host = host;
  }

  /** Posts what has changed. */
  void post(StatusBoard board, Holdings holdings) {
    List<Status> news = new ArrayList<>();
    List<Assignment> shares = holdings.byStream().values().stream().flatMap(List::stream).toList();
    posts.keySet().retainAll(shares);
    for (Assignment share : shares) {
      Post post = posts.computeIfAbsent(share, key -> new Post());
      String body = RecordJson.write(host.status(share.stream()).withoutLevels());
      // Several shares of a stream on one copy are watched as one.
      int together = holdings.byStream().getOrDefault(share.stream(), List.of()).size();
      boolean costs = measure(post, host.usedCores(share.stream()) / Math.max(1, together));
      if (costs || !body.equals(post.body)) {
        post.body = body;
        news.add(new Status(share, post.toldCores, body));
      }
    }
    holdings.viewers().flatMap(this::ofViewers).ifPresent(news::add);
    try {
      board.post(news);
    } catch (RuntimeException e) {
      // All of it once more: nobody knows what was stored.
      viewers = "";
      posts.values().forEach(post -> post.body = "");
      throw e;
    }
  }

  private Optional<Status> ofViewers(Assignment share) {
    long now = System.nanoTime();
    if (now - viewersNanos < VIEWERS_NANOS) {
      return Optional.empty();
    }
    viewersNanos = now;
    Optional<Status> status =
        host.viewers().map(numbers -> new Status(share, UNKNOWN, RecordJson.write(numbers)));
    String body = share.epoch() + status.map(Status::body).orElse("");
    boolean isNew = !body.equals(viewers);
    viewers = body;
    return status.filter(some -> isNew);
  }

  /** Whether its cost is to be told. */
  private static boolean measure(Post post, double cores) {
    post.cores = post.looks == 0 ? cores : NEW_SHARE * cores + (1 - NEW_SHARE) * post.cores;
    post.looks++;
    boolean notable =
        post.looks >= SETTLED
            && (post.toldCores < 0
                || Math.abs(post.cores - post.toldCores) > NOTABLE * post.toldCores);
    if (notable) {
      post.toldCores = post.cores;
    }
    return notable;
  }
}
