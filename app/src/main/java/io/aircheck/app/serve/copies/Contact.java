package io.aircheck.app.serve.copies;

import io.aircheck.core.copies.CopyDirectory.Member;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether this copy reaches the directory. After it did not, all copies may look dead that were cut
 * off by the same fault: nobody is given up before they had the time of a lease to come back.
 * Thread-safe.
 */
final class Contact {
  private final long leaseNanos;
  private long madeAtNanos = System.nanoTime();
  private boolean away;
  private @Nullable String problem;
  private final Map<String, Long> deadSinceNanos = new HashMap<>();

  Contact(Duration lease) {
    this.leaseNanos = lease.toNanos();
  }

  synchronized void lost(String why) {
    away = true;
    problem = why;
  }

  /** The own lease has run out, for whatever reason. */
  synchronized void lost() {
    away = true;
  }

  synchronized void made() {
    if (away) {
      madeAtNanos = System.nanoTime();
    }
    away = false;
    problem = null;
  }

  /** Whether it has reached the directory for the time of a lease without a break. */
  synchronized boolean isSteady() {
    return !away && System.nanoTime() - madeAtNanos >= leaseNanos;
  }

  /** Why it does not; empty when it does. */
  synchronized Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Copies that have been seen dead for a time. */
  synchronized Set<String> deadFor(List<Member> members, long nanos) {
    long now = System.nanoTime();
    Set<String> dead = new HashSet<>();
    for (Member member : members) {
      if (!member.alive()) {
        dead.add(member.copy().id());
        deadSinceNanos.putIfAbsent(member.copy().id(), now);
      }
    }
    deadSinceNanos.keySet().retainAll(dead);
    dead.removeIf(id -> now - deadSinceNanos.getOrDefault(id, now) < nanos);
    return dead;
  }
}
