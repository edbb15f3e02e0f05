package io.aircheck.experience.archive;

import io.aircheck.core.fact.Fact;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;

/**
 * Facts of views, each made when it is looked at: a fact takes several times as much memory as what
 * it is made of, and fifty thousand at once would stop everybody while garbage is collected. Not
 * thread-safe.
 */
final class HourlyFacts extends AbstractList<Fact> {
  private final List<Map.Entry<ViewHour.Key, ViewHour>> views;

  /**
   * @param views become part of the list
   */
  HourlyFacts(List<Map.Entry<ViewHour.Key, ViewHour>> views) {
    this.views = views;
  }

  @Override
  public Fact get(int index) {
    Map.Entry<ViewHour.Key, ViewHour> view = views.get(index);
    return SessionFacts.of(view.getKey(), view.getValue());
  }

  @Override
  public Fact remove(int index) {
    Fact removed = get(index);
    views.remove(index);
    return removed;
  }

  @Override
  public int size() {
    return views.size();
  }
}
