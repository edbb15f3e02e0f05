package io.aircheck.experience.engine;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much each sender may send, so that one cannot starve the others: a bucket of reports that
 * fills at a rate. Whoever takes more out than is in owes it, and has to wait until all of that is
 * filled again. A body takes out what it may cost before it is read, and gets back what it did not:
 * of bodies that come together, none is taken at the cost of another. Senders are known by a hash
 * of their address with a number that no file has, of IPv6 by its first half, which a household has
 * as a whole; a bucket that is full is forgotten. Thread-safe.
 */
public final class SenderLimits {
  private static final int PARTS = 16;
  private static final int MOST_PER_PART = 20_000;

  /** Nobody is told to wait longer, seconds. Who comes then and still owes is told again. */
  private static final int LONGEST_WAIT = 600;

  private final double perMilli;
  private final double most;
  private final long salt = new SecureRandom().nextLong();
  private final Part[] parts = new Part[PARTS];

  /**
   * Nobody has sent yet.
   *
   * @param perSecond reports that a sender may send for long
   * @param burst and so many at once
   */
  public SenderLimits(double perSecond, double burst) {
    this.perMilli = perSecond / 1000;
    this.most = burst;
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  /** What stands for an address, a literal; what has none is one sender. */
  public long senderOf(@Nullable String address) {
    byte[] bytes = new byte[0];
    if (address != null) {
      try {
        bytes = InetAddress.ofLiteral(address).getAddress();
      } catch (IllegalArgumentException e) {
        bytes = new byte[1]; // no literal: all such are one
      }
    }
    long hash = salt;
    for (int i = 0; i < Math.min(bytes.length, 8); i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }

  /** How long a sender has to wait before it may send again, seconds; 0: it may now. */
  public int retryAfterSeconds(long sender, long nowMillis) {
    return waitOf(part(sender).left(sender, nowMillis));
  }

  /**
   * Takes out what a body may cost, if its sender owes nothing.
   *
   * @param cost reports
   * @return 0: it is taken out, and to be {@linkplain #settle settled}; else how long the sender
   *     has to wait, seconds
   */
  public int reserve(long sender, int cost, long nowMillis) {
    return waitOf(part(sender).reserve(sender, cost, nowMillis));
  }

  /**
   * A body has cost something else than was reserved for it. What is owed has no limit but that: a
   * sender gets its rate over time, however large its bodies are.
   *
   * @param reserved reports
   * @param cost reports
   */
  public void settle(long sender, int reserved, int cost, long nowMillis) {
    part(sender).spend(sender, cost - reserved, nowMillis);
  }

  private int waitOf(double left) {
    return left > 0 ? 0 : (int) Math.min(LONGEST_WAIT, 1 + (long) (-left / perMilli / 1000));
  }

  /** How many senders are remembered. */
  int remembered() {
    int remembered = 0;
    for (Part part : parts) {
      synchronized (part) {
        remembered += part.buckets.size();
      }
    }
    return remembered;
  }

  private Part part(long sender) {
    return parts[(int) (sender >>> 60)];
  }

  /** What was in a bucket at a time. */
  private record Bucket(double left, long atMillis) {}

  private final class Part {
    private final Map<Long, Bucket> buckets = new HashMap<>();

    synchronized double left(long sender, long nowMillis) {
      Bucket bucket = buckets.get(sender);
      return bucket == null ? most : left(bucket, nowMillis);
    }

    /** What was left before that was taken out; where nothing was, it is not. */
    synchronized double reserve(long sender, int cost, long nowMillis) {
      double before = left(sender, nowMillis);
      if (before > 0) {
        spend(sender, cost, nowMillis);
      }
      return before;
    }

    synchronized void spend(long sender, int reports, long nowMillis) {
      if (buckets.size() >= MOST_PER_PART) {
        forgetFull(nowMillis);
      }
      buckets.put(sender, new Bucket(left(sender, nowMillis) - reports, nowMillis));
    }

    private double left(Bucket bucket, long nowMillis) {
      long passed = Math.max(0, nowMillis - bucket.atMillis());
      return Math.min(most, bucket.left() + passed * perMilli);
    }

    /** Makes room; where all owe something, there are more senders than can be told apart. */
    private void forgetFull(long nowMillis) {
      Iterator<Bucket> each = buckets.values().iterator();
      while (each.hasNext()) {
        if (left(each.next(), nowMillis) >= most) {
          each.remove();
        }
      }
      if (buckets.size() >= MOST_PER_PART) {
        buckets.clear();
      }
    }
  }
}
