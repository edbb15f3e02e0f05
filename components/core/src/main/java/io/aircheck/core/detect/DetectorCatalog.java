package io.aircheck.core.detect;

import io.aircheck.core.deploy.DetectorChoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * The installed detectors by name, and what a user may say about them. Immutable, thread-safe.
 * Everything a user can get wrong is an {@link IllegalArgumentException} with a one-line message.
 */
public final class DetectorCatalog {
  private final Map<String, DetectorFactory> byKind = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException when two detectors have the same kind
   */
  public DetectorCatalog(List<DetectorFactory> factories) {
    for (DetectorFactory factory : factories) {
      if (byKind.put(factory.kind(), factory) != null) {
        throw new IllegalArgumentException("two detectors are named " + factory.kind());
      }
    }
  }

  /** All detectors on the class path. */
  public static DetectorCatalog installed() {
    return new DetectorCatalog(
        ServiceLoader.load(DetectorProvider.class).stream()
            .flatMap(provider -> provider.get().factories().stream())
            .toList());
  }

  /** All detectors, in the order of the documentation. */
  public List<DetectorFactory> factories() {
    return List.copyOf(byKind.values());
  }

  /**
   * Detectors for what a user selected.
   *
   * @param selectors kinds of finding, or groups such as {@code video.*}; a kind that a detector
   *     only also reports selects that detector; empty: all
   * @param overrides option values by {@code KIND.option}
   * @throws IllegalArgumentException for an unknown kind or option or a value out of range
   */
  public List<DetectorChoice> choose(Collection<String> selectors, Map<String, Double> overrides) {
    Set<String> selected = new LinkedHashSet<>();
    for (String selector : selectors) {
      selected.addAll(kindsFor(selector));
    }
    Map<String, Map<String, Double>> options = new HashMap<>();
    overrides.forEach(
        (name, value) -> {
          int dot = name.lastIndexOf('.');
          String kind = dot < 0 ? name : name.substring(0, dot);
          if (dot < 0) {
            throw new IllegalArgumentException(
                "option "
                    + name
                    + " lacks its detector; write KIND.option, such as video.black."
                    + name);
          }
          if (!byKind.containsKey(kind)) {
            throw new IllegalArgumentException(
                "unknown detector in option " + name + Suggestion.among(byKind.keySet(), kind));
          }
          options.computeIfAbsent(kind, k -> new HashMap<>()).put(name.substring(dot + 1), value);
        });
    List<DetectorChoice> choices = new ArrayList<>();
    for (DetectorFactory factory : byKind.values()) {
      Map<String, Double> given = options.getOrDefault(factory.kind(), Map.of());
      Options.of(factory.kind(), factory.options(), given);
      if (selectors.isEmpty() || selected.contains(factory.kind())) {
        choices.add(new DetectorChoice(factory.kind(), given));
      }
    }
    return choices;
  }

  /**
   * Looks up chosen detectors and checks their options.
   *
   * @throws IllegalArgumentException for an unknown kind or option or a value out of range
   */
  public List<ConfiguredDetector> configure(List<DetectorChoice> choices) {
    List<ConfiguredDetector> configured = new ArrayList<>();
    for (DetectorChoice choice : choices) {
      DetectorFactory factory = byKind.get(choice.kind());
      if (factory == null) {
        throw new IllegalArgumentException(
            "unknown detector " + choice.kind() + Suggestion.among(byKind.keySet(), choice.kind()));
      }
      configured.add(
          new ConfiguredDetector(
              factory,
              Options.of(factory.kind(), factory.options(), choice.options()),
              choice.silent()));
    }
    return configured;
  }

  private Set<String> kindsFor(String selector) {
    Set<String> found = new LinkedHashSet<>();
    Set<String> known = new TreeSet<>();
    for (DetectorFactory factory : byKind.values()) {
      Set<String> kinds = new LinkedHashSet<>(factory.kinds());
      kinds.add(factory.kind());
      for (String kind : kinds) {
        known.add(kind);
        boolean matches =
            selector.endsWith("*")
                ? kind.startsWith(selector.substring(0, selector.length() - 1))
                : kind.equals(selector);
        if (matches) {
          found.add(factory.kind());
        }
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown detector " + selector + Suggestion.among(known, selector));
    }
    return found;
  }
}
