package io.aircheck.media.transport;

import static io.aircheck.core.media.TransportSignal.Indicator.CAT;
import static io.aircheck.core.media.TransportSignal.Indicator.CRC;
import static io.aircheck.core.media.TransportSignal.Indicator.PAT;
import static io.aircheck.core.media.TransportSignal.Indicator.PID;
import static io.aircheck.core.media.TransportSignal.Indicator.PMT;
import static io.aircheck.core.media.TransportSignal.Indicator.PTS;

import io.aircheck.core.media.TransportSignal.Indicator;
import io.aircheck.media.splice.SectionCrc;
import io.aircheck.media.splice.SpliceSection;
import io.aircheck.media.transport.ProgramTable.Content;
import io.aircheck.media.transport.ProgramTable.ElementaryStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the tables of a transport stream: which programmes there are, what belongs to them, and
 * whether tables, PIDs and time stamps come as often as they must.
 */
final class TableMonitor {
  private static final int PAT_PID = 0;
  private static final int CAT_PID = 1;

  /**
   * How long scrambled packets may go without a conditional access table; TR 101 290 gives no time
   * and receivers need the table before they can begin to descramble.
   */
  private static final int CAT_MILLIS = 1000;

  private final TransportLimits limits;
  private final TransportAnalyzer analyzer;
  private final Programs programs = new Programs();
  private final SectionVersions versions = new SectionVersions();
  private final IntervalWatch patWatch;
  private List<IntervalWatch> watches;
  private @Nullable IntervalWatch catWatch;
  private boolean catSeen;
  private Set<Integer> selectedPids = Set.of();
  private @Nullable PidState clockState;
  private @Nullable PidState timeStampState;

  TableMonitor(TransportLimits limits, TransportAnalyzer analyzer) {
    this.limits = limits;
    this.analyzer = analyzer;
    this.patWatch =
        new IntervalWatch(
            PAT,
            PAT_PID,
            limits.tableMillis(),
            "program association table",
            0,
            new StreamPoint(0, TsPacket.NO_TIME));
    this.watches = List.of(patWatch);
  }

  void select(int programNumber) {
    programs.want(programNumber);
    updateSelection();
  }

  /** The clock that times the stream, once there is one. */
  @Nullable ProgramClock selectedClock() {
    return clockState == null ? null : clockState.clock;
  }

  /** Last time stamp of the selected programme's pictures, or sound where there are none. */
  long programmePts() {
    return timeStampState == null ? TsPacket.NO_TIME : timeStampState.pts;
  }

  /** The picture with that time stamp, or sound where there are none. */
  StreamPoint programmePoint() {
    return timeStampState == null
        ? new StreamPoint(0, TsPacket.NO_TIME)
        : new StreamPoint(timeStampState.ptsPosition, timeStampState.pts);
  }

  boolean carriesMedia(PidState state) {
    return state.packets != null;
  }

  boolean belongsToSelected(PidState state) {
    return selectedPids.contains(state.pid);
  }

  /** Packets of the selected programme were lost. */
  void packetsLost() {
    if (clockState != null) {
      clockState.lossSinceReference = true;
    }
  }

  /** A packet that is not damaged. */
  void accept(PidState state, TsPacket packet) {
    if (packet.scrambled()) {
      scrambled(state, packet);
    } else if (packet.hasPayload()) {
      if (state.sections == null && (state.pid == PAT_PID || state.pid == CAT_PID)) {
        state.sections = new SectionAssembler();
      }
      if (state.sections != null) {
        state.sections.accept(packet, (section, length) -> section(state, packet, section, length));
      }
    }
    if (clockState == null && packet.pcr() != TsPacket.NO_TIME) {
      adoptClock(state);
    }
    if (state.packets != null && state.timeStamps != null) {
      state.packets.seen(packet.position(), programmePts());
      if (packet.scrambled() || packet.pts() != TsPacket.NO_TIME) {
        state.timeStamps.seen(packet.position(), programmePts());
      }
    }
  }

  private void scrambled(PidState state, TsPacket packet) {
    if (state.pid == PAT_PID) {
      analyzer.burst(PAT, state, Double.NaN, () -> "program association table is scrambled");
    } else if (state.tables != null) {
      analyzer.burst(PMT, state, Double.NaN, () -> "program map is scrambled");
    } else if (!catSeen && catWatch == null) {
      catWatch =
          new IntervalWatch(
              CAT,
              CAT_PID,
              CAT_MILLIS,
              "conditional access table although packets are scrambled",
              time(),
              new StreamPoint(packet.position(), programmePts()));
      rebuildWatches();
    }
  }

  private void section(PidState state, TsPacket packet, byte[] section, int length) {
    if (state.splice) {
      splice(state, section, length);
      return;
    }
    int tableId = section[0] & 0xff;
    boolean map = state.tables != null && tableId == ProgramTable.PMT_TABLE_ID;
    if (state.pid == PAT_PID && tableId != ProgramTable.PAT_TABLE_ID) {
      wrongTable(PAT, state, tableId);
      return;
    }
    if (state.pid == CAT_PID && tableId != ProgramTable.CAT_TABLE_ID) {
      wrongTable(CAT, state, tableId);
      return;
    }
    if (state.pid > CAT_PID && !map) {
      return;
    }
    if (state.pid == PAT_PID) {
      patWatch.seen(packet.position(), programmePts());
    } else if (state.tables != null) {
      state.tables.seen(packet.position(), programmePts());
    }
    if (SectionCrc.of(section, length) != 0) {
      analyzer.burst(CRC, state, 1, () -> "CRC of table 0x%02x is wrong".formatted(tableId));
      return;
    }
    if (state.pid == CAT_PID) {
      catSeen = true;
      catWatch = null;
      rebuildWatches();
    } else if (versions.isNews(state.pid, section, length)) {
      if (map) {
        programMap(ProgramTable.map(section, length));
      } else {
        association(section, length);
      }
    }
  }

  /** Splice information of the watched programme; whatever else the PID carries is none. */
  private void splice(PidState state, byte[] section, int length) {
    ProgramTable.Map map = programs.selected();
    if (map != null
        && (section[0] & 0xff) == SpliceSection.TABLE_ID
        && map.streams().contains(new ElementaryStream(state.pid, Content.SPLICE))) {
      SpliceSection.read(section, length).forEach(analyzer::splice);
    }
  }

  private void wrongTable(Indicator indicator, PidState state, int tableId) {
    analyzer.burst(
        indicator, state, Double.NaN, () -> "table 0x%02x on PID %d".formatted(tableId, state.pid));
  }

  private void association(byte[] section, int length) {
    programs.associate(ProgramTable.associations(section, length), section);
    for (int mapPid : programs.mapPids()) {
      PidState state = analyzer.state(mapPid);
      if (state.tables == null && mapPid > CAT_PID) {
        state.sections = new SectionAssembler();
        state.tables = watch(PMT, state, limits.tableMillis(), "program map");
      }
    }
    rebuildWatches();
    updateSelection();
  }

  private void programMap(ProgramTable.Map map) {
    if (!programs.describe(map)) {
      return;
    }
    PidState reference = analyzer.state(map.pcrPid());
    if (reference.clock == null && map.pcrPid() != TsPacket.NULL_PID) {
      reference.clock = new ProgramClock();
    }
    for (ElementaryStream stream : map.streams()) {
      PidState state = analyzer.state(stream.pid());
      if (stream.content() == Content.SPLICE && state.sections == null) {
        state.splice = true;
        state.sections = new SectionAssembler(SpliceSection.MAX_LENGTH);
      }
      if (stream.content().isMedia() && state.packets == null) {
        state.packets = watch(PID, state, limits.pidMillis(), "packet");
        state.timeStamps = watch(PTS, state, limits.ptsMillis(), "time stamp");
      }
    }
    rebuildWatches();
    updateSelection();
  }

  private IntervalWatch watch(Indicator indicator, PidState state, int millis, String what) {
    return new IntervalWatch(
        indicator,
        state.pid,
        millis,
        what,
        time(),
        new StreamPoint(analyzer.position(), programmePts()));
  }

  /** Collects the watches of everything that the tables refer to now. */
  private void rebuildWatches() {
    List<IntervalWatch> current = new ArrayList<>();
    current.add(patWatch);
    if (catWatch != null) {
      current.add(catWatch);
    }
    for (int mapPid : programs.mapPids()) {
      IntervalWatch tables = analyzer.state(mapPid).tables;
      if (tables != null) {
        current.add(tables);
      }
    }
    for (int pid : programs.streamPids()) {
      PidState state = analyzer.state(pid);
      if (state.packets != null && state.timeStamps != null) {
        current.add(state.packets);
        current.add(state.timeStamps);
      }
    }
    Set<IntervalWatch> before = new HashSet<>(watches);
    for (IntervalWatch watch : current) {
      if (!before.contains(watch)) {
        watch.restart(time(), new StreamPoint(analyzer.position(), programmePts()));
      }
    }
    watches = current;
  }

  private void updateSelection() {
    ProgramTable.Map map = programs.selected();
    if (map == null) {
      return;
    }
    Set<Integer> mediaPids = new HashSet<>();
    mediaPids.add(map.pcrPid());
    timeStampState = null;
    boolean ofPictures = false;
    for (ElementaryStream stream : map.streams()) {
      if (stream.content().isMedia()) {
        mediaPids.add(stream.pid());
        boolean pictures = stream.content() == Content.VIDEO;
        if (timeStampState == null || pictures && !ofPictures) {
          timeStampState = analyzer.state(stream.pid());
          ofPictures = pictures;
        }
      }
    }
    selectedPids = mediaPids;
    if (map.pcrPid() != TsPacket.NULL_PID) {
      adoptClock(analyzer.state(map.pcrPid()));
    }
  }

  private void adoptClock(PidState state) {
    if (state == clockState) {
      return;
    }
    clockState = state;
    if (state.clock == null) {
      state.clock = new ProgramClock();
    }
    restart(state.clock.time(), new StreamPoint(analyzer.position(), programmePts()));
  }

  /** The clock of the stream got as far as a new reference. */
  void advance(ProgramClock clock, StreamPoint now, Consumer<TransportViolation> out) {
    for (IntervalWatch watch : watches) {
      watch.advance(clock, now, out);
    }
  }

  /** Expects everything anew from here. */
  void restart(long time, StreamPoint now) {
    for (IntervalWatch watch : watches) {
      watch.restart(time, now);
    }
  }

  void finish(long time, StreamPoint now, Consumer<TransportViolation> out) {
    for (IntervalWatch watch : watches) {
      watch.finish(time, now, out);
    }
  }

  private long time() {
    ProgramClock clock = selectedClock();
    return clock == null ? 0 : clock.time();
  }
}
