package io.aircheck.experience.exposure;

import io.aircheck.experience.session.Cohort;
import io.aircheck.experience.session.SessionDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts who is shown which defect, as deltas of views come and defects become known, in any order.
 * Holds the viewers of the last {@link #REMEMBERED_MILLIS} of each content: eight to sixteen bytes
 * for each of them and window. Not thread-safe.
 */
public final class Exposures implements ExposureCount {
  /** What has been watched is known for so long: a defect may be found that much later. */
  public static final long REMEMBERED_MILLIS = 120_000;

  private final long windowMillis;
  private final long rememberedMillis;
  private final Map<String, RecentCrowds> contents = new HashMap<>();
  private final Map<String, Count> counts = new LinkedHashMap<>();
  private final Map<String, List<Count>> countsByContent = new HashMap<>();
  private long latestMillis = Long.MIN_VALUE;

  /**
   * What is counted for a defect. Whoever asks is answered at once, since others wait meanwhile: so
   * those who were never shown it are counted as they come.
   */
  private static final class Count {
    private Defect defect;
    private final Crowd exposed = new Crowd();
    private final Crowd others = new Crowd();
    private final boolean complete;
    private int neverExposed;

    Count(Defect defect, boolean complete) {
      this.defect = defect;
      this.complete = complete;
    }

    void add(SessionDelta delta) {
      boolean reached = defect.reaches(delta.cohort());
      Crowd crowd = reached ? exposed : others;
      int before = crowd.size();
      crowd.add(delta);
      if (crowd.size() > before) {
        boolean alsoOther = (reached ? others : exposed).contains(delta.session());
        neverExposed += reached ? (alsoOther ? -1 : 0) : (alsoOther ? 0 : 1);
      }
    }

    void addExposed(Crowd some) {
      neverExposed -= exposed.addAll(some, others);
    }

    void addOthers(Crowd some) {
      int before = others.size();
      int exposedToo = others.addAll(some, exposed);
      neverExposed += others.size() - before - exposedToo;
    }
  }

  /**
   * Nobody has watched anything yet.
   *
   * @param windowMillis length of the windows of the deltas
   */
  public Exposures(long windowMillis) {
    this(windowMillis, REMEMBERED_MILLIS);
  }

  Exposures(long windowMillis, long rememberedMillis) {
    this.windowMillis = windowMillis;
    this.rememberedMillis = rememberedMillis;
  }

  /** Adds what is new of a view. */
  public void add(SessionDelta delta) {
    String content = delta.cohort().content();
    if (content.isEmpty()) {
      return;
    }
    forgetUnwatched(delta.windowMillis());
    long shown =
        contents.computeIfAbsent(content, added -> new RecentCrowds(rememberedMillis)).add(delta);
    for (Count count : countsByContent.getOrDefault(content, List.of())) {
      if (count.defect.overlaps(shown, windowMillis)) {
        count.add(delta);
      }
    }
  }

  /** Contents are named by players, and may be any number. */
  private void forgetUnwatched(long nowMillis) {
    if (nowMillis > latestMillis) {
      latestMillis = nowMillis;
      contents.values().removeIf(recent -> recent.isOlderThan(nowMillis - 2 * rememberedMillis));
    }
  }

  @Override
  public void tell(Defect defect) {
    Count count = counts.get(defect.id());
    RecentCrowds recent = contents.get(defect.content());
    if (count == null) {
      count = new Count(defect, isRemembered(defect.fromMillis(), recent));
      counts.put(defect.id(), count);
      countsByContent.computeIfAbsent(defect.content(), added -> new ArrayList<>()).add(count);
      addRemembered(count, null, recent);
    } else if (!count.defect.equals(defect)) {
      Defect before = count.defect;
      count.defect = defect;
      addRemembered(count, before, recent);
    }
  }

  private boolean isRemembered(long programmeMillis, @Nullable RecentCrowds recent) {
    return recent == null
        ? latestMillis == Long.MIN_VALUE || programmeMillis >= latestMillis - rememberedMillis
        : recent.reachesBackTo(programmeMillis);
  }

  /**
   * Adds those who are remembered and were not counted as long as this was all that was known.
   *
   * @param before null: nothing was known
   */
  private void addRemembered(Count count, @Nullable Defect before, @Nullable RecentCrowds recent) {
    if (recent == null) {
      return;
    }
    Defect now = count.defect;
    for (Map.Entry<Long, Map<Cohort, Crowd>> moment : recent.moments().entrySet()) {
      boolean counted = before != null && before.overlaps(moment.getKey(), windowMillis);
      if (!counted && !now.overlaps(moment.getKey(), windowMillis)) {
        continue;
      }
      for (Map.Entry<Cohort, Crowd> some : moment.getValue().entrySet()) {
        boolean exposed = now.reaches(some.getKey());
        if (!counted && !exposed) {
          count.addOthers(some.getValue());
        } else if (!counted) {
          count.addExposed(some.getValue());
        } else if (exposed && before != null && !before.reaches(some.getKey())) {
          count.addExposed(some.getValue());
          count.others.subtractSums(some.getValue());
        }
      }
    }
  }

  /** Who has been shown a defect so far; nobody if it is not known. */
  public Exposure of(String defect) {
    return find(defect).orElse(Exposure.NONE);
  }

  @Override
  public Optional<Exposure> find(String defect) {
    return Optional.ofNullable(counts.get(defect))
        .map(
            count ->
                new Exposure(
                    count.exposed.size(),
                    count.exposed.sums(),
                    count.neverExposed,
                    count.others.sums(),
                    count.complete));
  }

  @Override
  public long settleMillis() {
    return rememberedMillis;
  }

  @Override
  public void forget(String defect) {
    Count count = counts.remove(defect);
    if (count != null) {
      List<Count> beside = countsByContent.get(count.defect.content());
      if (beside != null) {
        beside.remove(count);
        if (beside.isEmpty()) {
          countsByContent.remove(count.defect.content());
        }
      }
    }
  }
}
