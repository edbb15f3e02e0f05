package io.aircheck.media.transport;

import static io.aircheck.core.media.TransportSignal.Indicator.CONTINUITY_COUNT;
import static io.aircheck.core.media.TransportSignal.Indicator.PCR_DISCONTINUITY;
import static io.aircheck.core.media.TransportSignal.Indicator.PCR_REPETITION;
import static io.aircheck.core.media.TransportSignal.Indicator.SYNC_BYTE;
import static io.aircheck.core.media.TransportSignal.Indicator.SYNC_LOSS;
import static io.aircheck.core.media.TransportSignal.Indicator.TRANSPORT_ERROR;

import io.aircheck.core.media.TransportSignal.Indicator;
import io.aircheck.media.splice.SpliceCue;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Checks an MPEG transport stream against the indicators of priority 1 and 2 of ETSI TR 101 290 as
 * its bytes go by, and reads its splice information. Any bytes may be fed, in pieces of any size;
 * memory is bounded.
 *
 * <p>There is no arrival time: intervals are measured on the clock of the selected programme,
 * interpolated by byte position. PCR accuracy (indicator 2.4) and jitter need arrival times and are
 * not measured.
 *
 * <p>Violations come out with {@link #poll}: bursts folded when their second is over, outages when
 * they pass their limit, each second after that, and when they end. Not thread-safe.
 */
public final class TransportAnalyzer {
  /** Splices kept while there is no picture that places them; what goes beyond is hostile. */
  private static final int MOST_WAITING_SPLICES = 256;

  private final TransportLimits limits;
  private final Queue<TransportViolation> violations = new ArrayDeque<>();
  private final Queue<SpliceCue> splices = new ArrayDeque<>();
  private final BurstFold bursts = new BurstFold();
  private final LossLog losses = new LossLog();
  private final PidState[] pids = new PidState[TsPacket.NULL_PID];
  private final TableMonitor tables;
  private final PacketFramer framer = new PacketFramer(new Packets());
  private final TsPacket packet = new TsPacket();
  private final CRC32C checksum = new CRC32C();
  private @Nullable StreamPoint lossStart;
  private boolean everSynchronised;

  /** An analyser with the limits of the standard. */
  public TransportAnalyzer() {
    this(TransportLimits.STANDARD);
  }

  public TransportAnalyzer(TransportLimits limits) {
    this.limits = limits;
    this.tables = new TableMonitor(limits, this);
  }

  /**
   * The programme whose clock times the stream and whose losses are logged; until this is called,
   * the first in the association table that has a map.
   */
  public void selectProgram(int programNumber) {
    tables.select(programNumber);
  }

  /** Takes the next bytes of the stream. */
  public void accept(byte[] bytes, int offset, int length) {
    framer.accept(bytes, offset, length);
  }

  /**
   * What comes next does not continue what came before, and is not expected to: another segment
   * after a declared discontinuity, a connection opened again.
   */
  public void discontinuity() {
    for (PidState state : pids) {
      if (state != null) {
        state.forget();
      }
    }
    tables.restart(time(), here());
  }

  /** The stream ended: completes what is open. */
  public void finish() {
    framer.finish();
    bursts.finish(violations::add);
    tables.finish(time(), here(), violations::add);
    if (lossStart != null) {
      reportSyncLoss(here());
    }
  }

  /** The next violation in order of completion, or null when there is none yet. */
  public @Nullable TransportViolation poll() {
    return violations.poll();
  }

  /** The next splice, or null while there is none whose place can be told. */
  public @Nullable TransportSplice pollSplice() {
    StreamPoint nearest = tables.programmePoint();
    if (nearest.pts() == TsPacket.NO_TIME) {
      return null;
    }
    SpliceCue cue = splices.poll();
    return cue == null ? null : new TransportSplice(cue, nearest);
  }

  /** Splice information of the watched programme. */
  void splice(SpliceCue cue) {
    if (splices.size() < MOST_WAITING_SPLICES) {
      splices.add(cue);
    }
  }

  /** Where packets were lost. */
  public LossLog losses() {
    return losses;
  }

  /** Bytes taken in so far. */
  public long position() {
    return framer.position();
  }

  /** Whether transport packets are being found. */
  public boolean synchronised() {
    return framer.synchronised();
  }

  private final class Packets implements PacketFramer.Listener {
    @Override
    public void packet(byte[] bytes, int offset, long position) {
      packet.read(bytes, offset, position);
      if (packet.pid() != TsPacket.NULL_PID) {
        check(state(packet.pid()));
      }
      bursts.sweep(time(), position, violations::add);
    }

    @Override
    public void corruptSyncByte(long position) {
      StreamPoint point = pointAt(position, null);
      bursts.add(
          SYNC_BYTE, -1, time(), point, point, 1, BurstFold.Total.SUM, () -> "sync byte not 0x47");
    }

    @Override
    public void syncLost(long position) {
      losses.add(position);
      tables.packetsLost();
      lossStart = pointAt(position, null);
    }

    @Override
    public void syncAcquired(long position, long skippedBytes) {
      if (lossStart != null) {
        reportSyncLoss(pointAt(position, null));
      } else if (!everSynchronised && skippedBytes >= 2 * TsPacket.SIZE) {
        lossStart = new StreamPoint(0, TsPacket.NO_TIME);
        reportSyncLoss(pointAt(position, null));
      }
      everSynchronised = true;
    }
  }

  private void check(PidState state) {
    if (packet.transportError()) {
      // Nothing else in a packet that is marked as damaged can be relied on.
      state.continuity.forget();
      burst(TRANSPORT_ERROR, state, 1, () -> "transport_error_indicator set");
      return;
    }
    int missing = state.continuity.accept(packet, checksum);
    if (missing != 0) {
      reportContinuity(state, missing);
    }
    long pts = packet.pts();
    if (pts != TsPacket.NO_TIME && tables.carriesMedia(state)) {
      state.pts = pts;
      state.ptsPosition = packet.position();
    }
    tables.accept(state, packet);
    if (state.clock != null && packet.pcr() != TsPacket.NO_TIME) {
      reference(state, state.clock);
    }
  }

  private void reportContinuity(PidState state, int missing) {
    if (state.sections != null) {
      state.sections.reset();
    }
    boolean surplus = missing == 16;
    if (!surplus && tables.belongsToSelected(state)) {
      losses.add(packet.position());
      tables.packetsLost();
    }
    int counter = packet.continuityCounter();
    burst(
        CONTINUITY_COUNT,
        state,
        surplus ? 0 : missing,
        () ->
            surplus
                ? "packet sent more than twice"
                : "continuity counter %d instead of %d".formatted(counter, counter - missing & 15));
  }

  private void reference(PidState state, ProgramClock clock) {
    ProgramClock.Step step =
        clock.reference(
            packet.pcr(), packet.position(), packet.discontinuity(), state.lossSinceReference);
    StreamPoint before = state.reference;
    StreamPoint now = pointAt(packet.position(), state);
    double millis = (double) clock.pcrStep() / ProgramClock.TICKS_PER_MILLI;
    if (step == ProgramClock.Step.JUMP) {
      bursts.add(
          PCR_DISCONTINUITY,
          state.pid,
          time(),
          now,
          now,
          millis,
          BurstFold.Total.LARGEST,
          () -> "clock reference steps by %.0f ms, nothing announced it".formatted(millis));
    } else if (millis > limits.pcrMillis()
        && (step == ProgramClock.Step.REGULAR || step == ProgramClock.Step.LATE)) {
      bursts.add(
          PCR_REPETITION,
          state.pid,
          time(),
          before,
          now,
          millis,
          BurstFold.Total.LARGEST,
          () ->
              "no clock reference for %.0f ms, at most %d ms are allowed"
                  .formatted(millis, limits.pcrMillis()));
    }
    state.reference = now;
    state.lossSinceReference = false;
    if (clock == tables.selectedClock()) {
      tables.advance(clock, now, violations::add);
    }
  }

  private void reportSyncLoss(StreamPoint end) {
    if (lossStart != null) {
      long bytes = end.position() - lossStart.position();
      violations.add(
          new TransportViolation(
              SYNC_LOSS,
              -1,
              lossStart,
              end,
              1,
              bytes,
              "no sync bytes where expected, %d bytes skipped".formatted(bytes)));
      lossStart = null;
    }
  }

  /** A violation at the current packet. */
  void burst(Indicator indicator, PidState state, double value, Supplier<String> detail) {
    StreamPoint point = pointAt(packet.position(), state);
    bursts.add(indicator, state.pid, time(), point, point, value, BurstFold.Total.SUM, detail);
  }

  PidState state(int pid) {
    PidState state = pids[pid];
    if (state == null) {
      state = new PidState(pid);
      pids[pid] = state;
    }
    return state;
  }

  private StreamPoint here() {
    return pointAt(position(), null);
  }

  /** A place with the time stamp of its own PID if that has any, else of the programme. */
  private StreamPoint pointAt(long position, @Nullable PidState state) {
    long own = state == null ? TsPacket.NO_TIME : state.pts;
    return new StreamPoint(position, own == TsPacket.NO_TIME ? tables.programmePts() : own);
  }

  private long time() {
    ProgramClock clock = tables.selectedClock();
    return clock == null ? 0 : clock.time();
  }
}
