package io.aircheck.experience.cube;

import io.aircheck.core.viewer.Portion;
import io.aircheck.core.viewer.RollupRules;
import io.aircheck.experience.cube.CubeSpec.Grouping;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cube whose cells are made in portions, by many workers, and put together by others.
 *
 * @param spec what it keeps; how many windows does not matter here
 */
public record CubePortions(CubeSpec spec) implements RollupRules<SessionDelta> {
  @Override
  public long windowMillis() {
    return spec.windowMillis();
  }

  @Override
  public List<List<String>> groupings() {
    return spec.groupings().stream().map(Grouping::dimensions).toList();
  }

  @Override
  public int mostKeys() {
    return spec.keys();
  }

  @Override
  public Gathering<SessionDelta> gathering() {
    return new Cells();
  }

  @Override
  public byte[] merged(int grouping, byte[] sums, byte[] more) {
    Cell cell = new Cell(spec.groupings().get(grouping).distributions());
    cell.merge(sums);
    cell.merge(more);
    return cell.toBytes();
  }

  @Override
  public Map<String, Long> sums(byte[] sums) {
    Cell cell = new Cell(false);
    cell.merge(sums);
    Measures measures = cell.sums();
    Map<String, Long> byName = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      if (measures.get(measure) != 0) {
        byName.put(measure.id(), measures.get(measure));
      }
    }
    return byName;
  }

  /** Of which cell something is. */
  private record Place(int grouping, long windowMillis, List<String> key) {}

  /** A cell and how many deltas are in it. */
  private static final class Weighed {
    private final Cell cell;
    private long weight;

    Weighed(Cell cell) {
      this.cell = cell;
    }
  }

  /** Cells in the making. */
  private final class Cells implements Gathering<SessionDelta> {
    private final Map<Place, Weighed> cells = new HashMap<>();

    /** Of the latest delta: most come in runs of a cohort. */
    private Cohort cohort = Cohort.UNKNOWN;

    private List<List<String>> keys = keys(Cohort.UNKNOWN);

    private List<List<String>> keys(Cohort of) {
      List<List<String>> all = new ArrayList<>();
      spec.groupings().forEach(grouping -> all.add(Cube.key(grouping.dimensions(), of)));
      return all;
    }

    @Override
    public void add(SessionDelta delta) {
      if (!delta.cohort().equals(cohort)) {
        cohort = delta.cohort();
        keys = keys(cohort);
      }
      long window = spec.windowOf(delta.windowMillis());
      for (int i = 0; i < keys.size(); i++) {
        boolean distributions = spec.groupings().get(i).distributions();
        Weighed weighed =
            cells.computeIfAbsent(
                new Place(i, window, keys.get(i)), place -> new Weighed(new Cell(distributions)));
        weighed.cell.add(delta);
        weighed.weight++;
      }
    }

    @Override
    public int size() {
      return cells.size();
    }

    @Override
    public List<Portion> drain() {
      List<Portion> portions = new ArrayList<>(cells.size());
      cells.forEach(
          (place, weighed) ->
              portions.add(
                  new Portion(
                      place.grouping(),
                      place.windowMillis(),
                      place.key(),
                      weighed.weight,
                      weighed.cell.toBytes())));
      cells.clear();
      return portions;
    }
  }
}
