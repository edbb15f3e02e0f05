package io.aircheck.experience.archive;

import io.aircheck.core.fact.FactLayout.Kind;
import io.aircheck.core.fact.FactLine;
import io.aircheck.core.fact.FactQuestion;
import io.aircheck.core.fact.FactQuestion.Count;
import io.aircheck.core.fact.FactSpread;
import io.aircheck.core.fact.FactTable;
import io.aircheck.experience.cube.Cell;
import io.aircheck.experience.cube.CubeAnswer;
import io.aircheck.experience.cube.CubeQuery;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.cube.Distribution;
import io.aircheck.experience.cube.RecentCube;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers questions about what is archived, and what is on its way there. Thread-safe. Every method
 * that answers throws a {@link io.aircheck.core.store.StoreException} when it cannot, as {@link
 * FactTable#ask} does.
 */
public final class ArchiveQuestions {
  /** More rows have no percentiles: each takes hundreds of bins. */
  private static final int MOST_PERCENTILES = 100;

  private final ViewerArchive archive;
  private final FactTable sessions;
  private final FactTable minutes;
  private final RecentCube cube;
  private final MinuteFacts minuteFacts;
  private final Set<String> dimensions = new HashSet<>();

  /**
   * Questions to an archive and its tables.
   *
   * @param labels dimensions that have no columns of their own
   */
  public ArchiveQuestions(
      ViewerArchive archive,
      FactTable sessions,
      FactTable minutes,
      RecentCube cube,
      CubeSpec spec,
      Collection<String> labels) {
    this.archive = archive;
    this.sessions = sessions;
    this.minutes = minutes;
    this.cube = cube;
    this.minuteFacts = new MinuteFacts(spec);
    dimensions.addAll(labels);
    dimensions.addAll(SessionFacts.LAYOUT.names(Kind.TEXT));
  }

  /** Dimensions that can be asked for together, in any combination. */
  public Set<String> dimensions() {
    return Set.copyOf(dimensions);
  }

  /**
   * Whether a question can be answered.
   *
   * @param stepMillis length of its steps; those that are no whole hours can only be asked for by
   *     dimensions that the cube keeps together
   */
  public boolean knows(CubeQuery query, long stepMillis) {
    return minuteFacts.grouping(query).isPresent()
        || (stepMillis % ArchivePolicy.HOUR_MILLIS == 0
            && dimensions.containsAll(query.by())
            && dimensions.containsAll(query.filter().keySet()));
  }

  /** Whether sums by these dimensions can be told. */
  public boolean knows(CubeQuery query) {
    return dimensions.containsAll(query.by()) && dimensions.containsAll(query.filter().keySet());
  }

  /** Whether curves by these dimensions are of the cube, so that they are as fresh. */
  public boolean isOfCube(CubeQuery query) {
    return minuteFacts.grouping(query).isPresent();
  }

  /**
   * What was told before this is in answers about sessions, milliseconds since the epoch; less than
   * a minute ago unless something is wrong.
   *
   * @return empty: that is not known yet
   */
  public OptionalLong freshMillis() {
    return archive.freshMillis();
  }

  /** Makes what was told lately part of what is in the tables, for who reads these himself. */
  public void settle() {
    archive.settle();
  }

  /** Sums of all whole hours that a question touches. */
  public ArchiveAnswer sums(CubeQuery query) {
    archive.settle();
    long from = ArchivePolicy.hourOf(query.fromMillis());
    long to = ArchivePolicy.hourOf(query.toMillis() + ArchivePolicy.HOUR_MILLIS - 1);
    List<Measure> all = List.of(Measure.values());
    FactQuestion question =
        new FactQuestion(
            from,
            to,
            0,
            query.filter(),
            query.by(),
            ids(all),
            List.of(
                new Count(SessionFacts.SESSION, Set.of(Measure.VIEWERS.id())),
                new Count(SessionFacts.SESSION, Set.copyOf(ids(Cell.HITS)))));
    List<FactLine> lines = sessions.ask(question);
    Map<List<String>, Map<Distribution, Percentiles>> percentiles =
        lines.size() > MOST_PERCENTILES ? Map.of() : percentiles(question);
    List<ArchiveAnswer.Row> rows = new ArrayList<>();
    for (FactLine line : lines) {
      rows.add(
          new ArchiveAnswer.Row(
              line.values(),
              measures(all, line.sums()),
              line.counts().get(0),
              line.counts().get(1),
              percentiles.getOrDefault(line.values(), Map.of())));
    }
    ArchiveSeries windows = new ArchiveSeries(from, to, to - from);
    addWindows(windows, from, to, to - from);
    int known = windows.steps().stream().mapToInt(ArchiveSeries.Step::windows).sum();
    return new ArchiveAnswer(from, to, known, rows);
  }

  private Map<List<String>, Map<Distribution, Percentiles>> percentiles(FactQuestion question) {
    Map<List<String>, Map<Distribution, Percentiles>> all = new HashMap<>();
    for (Distribution distribution : Distribution.values()) {
      sessions.spread(question, distribution.over().id(), distribution.under().id()).stream()
          .collect(Collectors.groupingBy(FactSpread::values))
          .forEach(
              (values, bins) ->
                  all.computeIfAbsent(values, row -> new EnumMap<>(Distribution.class))
                      .put(
                          distribution,
                          new Percentiles(
                              bins.stream()
                                  .map(bin -> new Percentiles.Bin(bin.value(), bin.weight()))
                                  .toList())));
    }
    return all;
  }

  /**
   * Sums over time.
   *
   * @param stepMillis a multiple of a minute
   * @param measures that are summed; others are zero
   */
  public ArchiveSeries series(CubeQuery query, long stepMillis, Collection<Measure> measures) {
    archive.settle();
    Optional<String> grouping = minuteFacts.grouping(query);
    List<Measure> summed = List.copyOf(measures);
    ArchiveSeries series = new ArchiveSeries(query.fromMillis(), query.toMillis(), stepMillis);
    if (grouping.isPresent()) {
      addMinutes(series, query, grouping.get(), stepMillis, summed);
      addRecent(series, query, stepMillis);
    } else {
      addHours(series, query, stepMillis, summed);
    }
    addWindows(series, query.fromMillis(), query.toMillis(), stepMillis);
    return series;
  }

  private void addMinutes(
      ArchiveSeries series,
      CubeQuery query,
      String grouping,
      long stepMillis,
      List<Measure> measures) {
    Map<String, String> where = new HashMap<>(query.filter());
    where.put(MinuteFacts.GROUPING, grouping);
    for (FactLine line : minutes(query, stepMillis, where, query.by(), ids(measures))) {
      series.add(line.stepMillis(), line.values(), measures(measures, line.sums()));
    }
    List<String> sums = new ArrayList<>(ids(measures));
    sums.add(MinuteFacts.OTHER_DELTAS);
    Map<String, String> others = Map.of(MinuteFacts.GROUPING, MinuteFacts.others(grouping));
    for (FactLine line : minutes(query, stepMillis, others, List.of(), sums)) {
      series.addOthers(line.stepMillis(), measures(measures, line.sums()), line.sums().getLast());
    }
  }

  private List<FactLine> minutes(
      CubeQuery query,
      long stepMillis,
      Map<String, String> where,
      List<String> by,
      List<String> sums) {
    return minutes.ask(
        new FactQuestion(
            query.fromMillis(),
            Math.min(query.toMillis(), archive.rolledMillis()),
            stepMillis,
            where,
            by,
            sums,
            List.of()));
  }

  /** Adds what is not in the table of minutes yet. */
  private void addRecent(ArchiveSeries series, CubeQuery query, long stepMillis) {
    long from = Math.max(query.fromMillis(), archive.rolledMillis());
    for (long step = stepOf(from, stepMillis); step < query.toMillis(); step += stepMillis) {
      long begin = Math.max(step, from);
      long end = Math.min(step + stepMillis, query.toMillis());
      Optional<CubeAnswer> answer =
          cube.ask(new CubeQuery(begin, end, query.filter(), query.by()).forSums());
      if (answer.isPresent()) {
        for (CubeAnswer.Row row : answer.get().rows()) {
          series.add(begin, row.values(), row.cell().sums());
        }
        series.addOthers(begin, answer.get().others().sums(), answer.get().otherDeltas());
      }
    }
  }

  private static long stepOf(long millis, long stepMillis) {
    return Math.floorDiv(millis, stepMillis) * stepMillis;
  }

  private void addHours(
      ArchiveSeries series, CubeQuery query, long stepMillis, List<Measure> measures) {
    FactQuestion question =
        new FactQuestion(
            ArchivePolicy.hourOf(query.fromMillis()),
            query.toMillis(),
            stepMillis,
            query.filter(),
            query.by(),
            ids(measures),
            List.of());
    for (FactLine line : sessions.ask(question)) {
      series.add(line.stepMillis(), line.values(), measures(measures, line.sums()));
    }
  }

  private void addWindows(ArchiveSeries series, long fromMillis, long toMillis, long stepMillis) {
    CubeQuery all = new CubeQuery(fromMillis, toMillis, Map.of(), List.of());
    Map<String, String> where = Map.of(MinuteFacts.GROUPING, MinuteFacts.WHOLE);
    for (FactLine line : minutes(all, stepMillis, where, List.of(), List.of(MinuteFacts.WINDOWS))) {
      series.addWindows(line.stepMillis(), line.sums().getFirst().intValue());
    }
    long from = Math.max(fromMillis, archive.rolledMillis());
    for (long step = stepOf(from, stepMillis); step < toMillis; step += stepMillis) {
      long begin = Math.max(step, from);
      series.addWindows(begin, cube.windows(begin, Math.min(step + stepMillis, toMillis)));
    }
  }

  private static List<String> ids(List<Measure> measures) {
    return measures.stream().map(Measure::id).toList();
  }

  @SuppressWarnings("EnumOrdinal") // sums lie in arrays by their ordinal
  private static Measures measures(List<Measure> measures, List<Long> sums) {
    long[] all = new long[Measure.values().length];
    for (int i = 0; i < measures.size(); i++) {
      all[measures.get(i).ordinal()] = sums.get(i);
    }
    return Measures.of(all);
  }
}
