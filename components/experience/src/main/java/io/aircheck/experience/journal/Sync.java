package io.aircheck.experience.journal;

/**
 * When what is written is forced to the disk. Whatever it is, what was acknowledged survives the
 * end of the process: the system has it then.
 */
public enum Sync {
  /** When the system likes to: a machine that loses power loses some seconds. */
  NEVER,
  /** With each {@link Journal#flush}, which its owner calls every second. */
  SECOND,
  /** Before it is acknowledged: those that come together wait together. */
  ALWAYS
}
