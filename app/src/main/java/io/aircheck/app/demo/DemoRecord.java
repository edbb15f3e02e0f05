package io.aircheck.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What was injected, what was found of it and how soon. Times are seconds of the same clock.
 * Thread-safe.
 */
final class DemoRecord {
  /**
   * A fault so far.
   *
   * @param injectedSeconds when it began, if it has begun
   * @param foundSeconds when it was found, if it was
   * @param foundAs cause of the incident, or null
   */
  record Entry(
      DemoFault fault,
      OptionalDouble injectedSeconds,
      OptionalDouble foundSeconds,
      @Nullable String foundAs) {
    boolean found() {
      return foundSeconds.isPresent();
    }

    /** Time from injection to finding; NaN when it was not found. */
    double delaySeconds() {
      return foundSeconds.orElse(Double.NaN) - injectedSeconds.orElse(Double.NaN);
    }
  }

  /**
   * What an incident is to the demo.
   *
   * @param found the fault that it is the first incident of, if there is one
   * @param expected whether a fault that has begun leads to incidents of this cause
   */
  record Meaning(Optional<Entry> found, boolean expected) {}

  private final List<Entry> entries = new ArrayList<>();
  private int further;

  DemoRecord(List<DemoFault> faults) {
    for (DemoFault fault : faults) {
      entries.add(new Entry(fault, OptionalDouble.empty(), OptionalDouble.empty(), null));
    }
  }

  /** Notes what has begun by a programme time; returns the faults that are new. */
  synchronized List<DemoFault> reached(double programmeSeconds, double nowSeconds) {
    List<DemoFault> begun = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.injectedSeconds().isEmpty() && programmeSeconds >= entry.fault().startSeconds()) {
        entries.set(
            i,
            new Entry(entry.fault(), OptionalDouble.of(nowSeconds), OptionalDouble.empty(), null));
        begun.add(entry.fault());
      }
    }
    return begun;
  }

  /** Notes an incident that opened. */
  synchronized Meaning opened(String cause, double nowSeconds) {
    boolean expected = false;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.injectedSeconds().isEmpty() || !entry.fault().type().kinds().contains(cause)) {
        continue;
      }
      expected = true;
      if (!entry.found()) {
        Entry found =
            new Entry(entry.fault(), entry.injectedSeconds(), OptionalDouble.of(nowSeconds), cause);
        entries.set(i, found);
        return new Meaning(Optional.of(found), true);
      }
    }
    further += expected ? 0 : 1;
    return new Meaning(Optional.empty(), expected);
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  synchronized boolean complete() {
    return entries.stream().allMatch(Entry::found);
  }

  /** Incidents of causes that no fault was meant to lead to: side effects, or false alarms. */
  synchronized int further() {
    return further;
  }
}
