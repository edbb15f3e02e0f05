package io.aircheck.detectors.structure;

import io.aircheck.detectors.structure.Cadence.Picture;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A picture that seems late, until the next picture tells whether it was.
 *
 * <p>After a real hold the step makes up for the time and the next step, at the usual pace, is
 * smaller again. In handheld shots and other shaky motion the scene itself comes to rest where it
 * turns, and the motion goes on to grow after what looked like a hold. When the next picture
 * repeats, or is late itself, there is nothing to compare and the candidate stands.
 */
final class LateCandidate {
  private final double minJump;
  private boolean waiting;
  private boolean suspect;
  private boolean jumps;
  private long periodMicros;
  private long atMicros;
  private long holdMicros;
  private double jump;
  private double change;

  /**
   * @param minJump how many times the step that follows the step after a hold must be
   */
  LateCandidate(double minJump) {
    this.minJump = minJump;
  }

  void clear() {
    waiting = false;
  }

  /**
   * Takes a picture as candidate, in place of any before.
   *
   * @param onlySuspect whether it says something only to those who saw the defect before
   */
  void set(long atMicros, Cadence cadence, double changedShare, boolean onlySuspect) {
    waiting = true;
    suspect = onlySuspect;
    this.atMicros = atMicros;
    holdMicros = cadence.holdMicros();
    periodMicros = cadence.periodMicros();
    jump = cadence.jump();
    jumps = onlySuspect || jump >= minJump;
    change = changedShare;
  }

  boolean isWaiting() {
    return waiting;
  }

  /** Whether the candidate says something only to those who saw the defect before. */
  boolean isSuspect() {
    return suspect;
  }

  /**
   * Ends the wait.
   *
   * @param next what the picture after the candidate is
   * @param changedShare share of its samples that differ from the candidate
   * @return whether the candidate was late
   */
  boolean confirm(Picture next, double changedShare) {
    waiting = false;
    boolean comparable = next == Picture.REGULAR || next == Picture.CUT;
    return jumps && (!comparable || change >= minJump * changedShare);
  }

  /** Media time at which the candidate came. */
  long atMicros() {
    return atMicros;
  }

  /** How long the picture before it was held. */
  long holdMicros() {
    return holdMicros;
  }

  /** Usual time between pictures before it. */
  long periodMicros() {
    return periodMicros;
  }

  /** Size of its step against the usual one. */
  double jump() {
    return jump;
  }

  void snapshot(DataOutput state) throws IOException {
    state.writeBoolean(waiting);
    state.writeBoolean(suspect);
    state.writeBoolean(jumps);
    state.writeLong(periodMicros);
    state.writeLong(atMicros);
    state.writeLong(holdMicros);
    state.writeDouble(jump);
    state.writeDouble(change);
  }

  void restore(DataInput state) throws IOException {
    waiting = state.readBoolean();
    suspect = state.readBoolean();
    jumps = state.readBoolean();
    periodMicros = state.readLong();
    atMicros = state.readLong();
    holdMicros = state.readLong();
    jump = state.readDouble();
    change = state.readDouble();
  }
}
