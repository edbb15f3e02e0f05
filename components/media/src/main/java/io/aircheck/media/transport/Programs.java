package io.aircheck.media.transport;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The programmes of a transport stream as its tables tell them, and which of them is watched. */
final class Programs {
  /** Programme number that stands for "the first one". */
  private static final int FIRST = -1;

  /** More programmes than a multiplex holds; what goes beyond is hostile and left out. */
  private static final int MOST_PROGRAMS = 512;

  private final Map<Integer, Integer> mapPidByProgram = new HashMap<>();
  private final Map<Integer, ProgramTable.Map> maps = new HashMap<>();
  private int wanted = FIRST;

  /** Chooses the programme that is watched; until then it is the one with the lowest number. */
  void want(int programNumber) {
    wanted = programNumber;
  }

  /**
   * Takes over a section of the association table. One that is the whole table also tells which
   * programmes are gone.
   */
  void associate(List<ProgramTable.Association> listed, byte[] section) {
    boolean whole = section[6] == 0 && section[7] == 0;
    if (whole) {
      Set<Integer> numbers = new HashSet<>();
      listed.forEach(programme -> numbers.add(programme.programNumber()));
      mapPidByProgram.keySet().retainAll(numbers);
      maps.keySet().retainAll(numbers);
    }
    for (ProgramTable.Association programme : listed) {
      if (mapPidByProgram.size() >= MOST_PROGRAMS) {
        break;
      }
      mapPidByProgram.put(programme.programNumber(), programme.mapPid());
    }
  }

  /**
   * Takes over the map of a programme.
   *
   * @return whether the association table knows the programme
   */
  boolean describe(ProgramTable.Map map) {
    if (!mapPidByProgram.containsKey(map.programNumber())) {
      return false;
    }
    maps.put(map.programNumber(), map);
    return true;
  }

  /** PIDs of the programme maps. */
  Set<Integer> mapPids() {
    return new HashSet<>(mapPidByProgram.values());
  }

  /** PIDs of all elementary streams of all programmes. */
  Set<Integer> streamPids() {
    Set<Integer> pids = new HashSet<>();
    for (ProgramTable.Map map : maps.values()) {
      map.streams().forEach(stream -> pids.add(stream.pid()));
    }
    return pids;
  }

  /** The map of the watched programme, or null while there is none. */
  ProgramTable.@Nullable Map selected() {
    int number =
        wanted == FIRST ? maps.keySet().stream().min(Integer::compare).orElse(FIRST) : wanted;
    return maps.get(number);
  }
}
