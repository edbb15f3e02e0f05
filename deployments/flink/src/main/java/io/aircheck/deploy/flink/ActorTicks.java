package io.aircheck.deploy.flink;

/**
 * How often Flink's actors look whether something is due. They do so a hundred times a second where
 * nothing is said, in two systems of them: more than a percent of what small streams take. What
 * Flink leaves to them, heartbeats and the end of patience, is due in seconds.
 */
public final class ActorTicks {
  /** The property of the JVM that says so. */
  public static final String PROPERTY = "pekko.scheduler.tick-duration";

  /** What it is set to. */
  public static final String VALUE = "100ms";

  private ActorTicks() {}

  /** Sets it in this JVM, unless somebody has; before Flink begins here. */
  static void set() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, VALUE);
    }
  }
}
