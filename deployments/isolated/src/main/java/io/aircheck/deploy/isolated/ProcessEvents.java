package io.aircheck.deploy.isolated;

import java.util.Set;

/**
 * Told what the deployment does with streams because of processes, besides what it observes. Called
 * from several threads, in order per stream; must not block, nor call the deployment.
 */
public interface ProcessEvents {
  /** Nobody wants to know. */
  ProcessEvents NONE = new ProcessEvents() {};

  /**
   * Streams are not watched for a moment, and then by tasks that do not remember what they found.
   *
   * @param why one line for an operator
   */
  default void interrupted(Set<String> streams, String why) {}

  /**
   * A stream is not watched any more, because it kills its process.
   *
   * @param death the last one
   */
  default void quarantined(String stream, String why, Death death) {}

  /** A stream that was quarantined is run again, or gone. */
  default void released(String stream) {}
}
