package io.aircheck.app.demo;

import io.aircheck.audience.truth.Toll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was injected, what was found of it and how soon, and how many viewers it hit. Times are
 * seconds of the same clock. Thread-safe.
 */
final class DemoRecord {
  /**
   * A fault so far.
   *
   * @param injectedSeconds when it began, if it has begun
   * @param foundSeconds when it was found, if it was
   * @param found the incident, or null
   * @param impact what the service says of those whom it hit
   * @param felt what it truly did to viewers, if they mind it
   */
  record Entry(
      DemoFault fault,
      OptionalDouble injectedSeconds,
      OptionalDouble foundSeconds,
      @Nullable Found found,
      Impact impact,
      Toll felt) {
    static Entry of(DemoFault fault) {
      return new Entry(
          fault, OptionalDouble.empty(), OptionalDouble.empty(), null, Impact.NONE, Toll.NONE);
    }

    Entry injected(double seconds) {
      return new Entry(fault, OptionalDouble.of(seconds), foundSeconds, found, impact, felt);
    }

    Entry found(Found as, double seconds) {
      return new Entry(fault, injectedSeconds, OptionalDouble.of(seconds), as, impact, felt);
    }

    Entry hitting(Impact known, Toll truth) {
      return new Entry(fault, injectedSeconds, foundSeconds, found, known, truth);
    }

    /** Whether there is an incident, and whom it hit, and what they made of it. */
    boolean complete() {
      return found != null
          && impact.viewers() > 0
          && (fault.type().felt().isEmpty() || impact.tells(felt));
    }

    /** Time from injection to finding; NaN when it was not found. */
    double delaySeconds() {
      return foundSeconds.orElse(Double.NaN) - injectedSeconds.orElse(Double.NaN);
    }
  }

  /**
   * As what something was found.
   *
   * @param incident its id
   * @param cause of the incident
   */
  record Found(String incident, String cause) {}

  /**
   * What an incident is to the demo.
   *
   * @param found the fault that it is the first incident of, if there is one
   * @param expected whether a fault that has begun leads to incidents of this cause
   */
  record Meaning(Optional<Entry> found, boolean expected) {
    /** No fault was meant to lead to it. */
    static final Meaning UNEXPECTED = new Meaning(Optional.empty(), false);

    /** It says what is known. */
    static final Meaning NOTHING_NEW = new Meaning(Optional.empty(), true);
  }

  private final List<Entry> entries = new ArrayList<>();
  private int further;

  DemoRecord(List<DemoFault> faults) {
    faults.forEach(fault -> entries.add(Entry.of(fault)));
  }

  /**
   * Notes what lasts at a programme time; returns the faults that are new. What is over does not
   * begin: streams are not quite in step, and one may be at the end of the round before.
   */
  synchronized List<DemoFault> reached(double programmeSeconds, double nowSeconds) {
    List<DemoFault> begun = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.injectedSeconds().isEmpty() && entry.fault().lasts(programmeSeconds)) {
        entries.set(i, entry.injected(nowSeconds));
        begun.add(entry.fault());
      }
    }
    return begun;
  }

  /** Notes an incident that opened. */
  synchronized Meaning opened(String incident, String cause, double nowSeconds) {
    boolean expected = false;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.injectedSeconds().isEmpty() || !entry.fault().type().kinds().contains(cause)) {
        continue;
      }
      expected = true;
      if (entry.found() == null) {
        Entry found = entry.found(new Found(incident, cause), nowSeconds);
        entries.set(i, found);
        return new Meaning(Optional.of(found), true);
      }
    }
    further += expected ? 0 : 1;
    return new Meaning(Optional.empty(), expected);
  }

  /** Notes an incident that is not as one that a fault was meant to lead to. */
  synchronized Meaning unexpected() {
    further++;
    return Meaning.UNEXPECTED;
  }

  /**
   * Notes whom incidents hit.
   *
   * @param impacts what the service says of that, by the id of the incident
   * @param truth what a fault truly did to viewers
   */
  void hit(Function<String, Impact> impacts, Function<DemoFault.Type, Toll> truth) {
    for (Entry entry : entries()) {
      Found found = entry.found();
      if (found != null) {
        hit(entry, impacts.apply(found.incident()), truth.apply(entry.fault().type()));
      }
    }
  }

  private synchronized void hit(Entry entry, Impact impact, Toll truth) {
    entries.replaceAll(now -> now.equals(entry) ? now.hitting(impact, truth) : now);
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Whether everything was found, with the viewers that it hit. */
  synchronized boolean complete() {
    return entries.stream().allMatch(Entry::complete);
  }

  /** Incidents of causes that no fault was meant to lead to: side effects, or false alarms. */
  synchronized int further() {
    return further;
  }
}
