package io.aircheck.app.serve.settings;

import io.aircheck.app.config.SettingsException;
import io.aircheck.core.deploy.DetectorChoice;
import io.aircheck.core.detect.ConfiguredDetector;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.detect.Suggestion;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.observe.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Policies by name, with what each takes over from those that it builds on. Immutable. */
public final class PolicyBook {

  /**
   * How a stream is watched.
   *
   * @param detectors what to look for
   * @param excusing kinds of these that know where findings of others are to be expected
   * @param comparing kinds of these of which each needs the others, since what they see is compared
   * @param incidents how findings become incidents
   * @param watching how closely it is watched
   */
  public record Policy(
      List<DetectorChoice> detectors,
      Set<String> excusing,
      Set<String> comparing,
      IncidentPolicy incidents,
      WatchingPolicy watching) {

    /** Kinds that are looked for. */
    public Set<String> kinds() {
      return detectors.stream().map(DetectorChoice::kind).collect(Collectors.toSet());
    }

    /**
     * What to run where a part of them is looked for: that part, and silently what excuses its
     * findings.
     */
    public List<DetectorChoice> forPart(Set<String> part) {
      return detectors.stream()
          .filter(choice -> part.contains(choice.kind()) || excusing.contains(choice.kind()))
          .map(choice -> part.contains(choice.kind()) ? choice : choice.silently())
          .toList();
    }
  }

  /** No policies at all. */
  public static final PolicyBook NONE = new PolicyBook(Map.of());

  private final Map<String, Policy> policies;

  private PolicyBook(Map<String, Policy> policies) {
    this.policies = policies;
  }

  /**
   * Works policies out.
   *
   * @throws SettingsException for a policy that builds on itself or on none that exists, and for
   *     what {@link DetectorCatalog#choose} does not know
   */
  public static PolicyBook of(Map<String, PolicySettings> declared, DetectorCatalog catalog)
      throws SettingsException {
    Map<String, PolicySettings> all = new LinkedHashMap<>();
    all.put(PolicySettings.DEFAULT_NAME, PolicySettings.SILENT);
    all.putAll(declared);
    Map<String, Policy> policies = new HashMap<>();
    for (String name : all.keySet()) {
      policies.put(name, workOut(name, all, catalog));
    }
    return new PolicyBook(policies);
  }

  private static Policy workOut(
      String name, Map<String, PolicySettings> all, DetectorCatalog catalog)
      throws SettingsException {
    List<String> selectors = List.of();
    Map<String, Double> options = new LinkedHashMap<>();
    Map<String, Severity> severities = new HashMap<>();
    Severity minSeverity = IncidentPolicy.DEFAULT.minSeverity();
    Duration recovery = Duration.ofMillis(IncidentPolicy.DEFAULT.recoveryMillis());
    WatchingPolicy watching = WatchingPolicy.DEFAULT;
    for (PolicySettings policy : lineage(name, all)) {
      selectors = policy.detectors().orElse(selectors);
      policy
          .options()
          .forEach(
              (kind, values) ->
                  values.forEach((option, value) -> options.put(kind + "." + option, value)));
      severities.putAll(policy.severities());
      minSeverity = policy.minSeverity().orElse(minSeverity);
      recovery = policy.recovery().orElse(recovery);
      watching =
          new WatchingPolicy(
              policy.watching().orElse(watching.mode()),
              policy.calm().orElse(watching.calm()),
              policy.whenFull().orElse(watching.whenFull()));
    }
    try {
      List<DetectorChoice> choices = catalog.choose(selectors, options);
      List<ConfiguredDetector> detectors = catalog.configure(choices);
      return new Policy(
          choices,
          kinds(detectors, ConfiguredDetector::excuses),
          kinds(detectors, detector -> detector.factory().fingerprints()),
          new IncidentPolicy(minSeverity, severities, recovery.toMillis()),
          watching);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("/policies/" + name, String.valueOf(e.getMessage()));
    }
  }

  private static Set<String> kinds(
      List<ConfiguredDetector> detectors, Predicate<ConfiguredDetector> which) {
    return detectors.stream()
        .filter(which)
        .map(detector -> detector.factory().kind())
        .collect(Collectors.toSet());
  }

  /** The policies that one is made of, the outermost last. */
  private static List<PolicySettings> lineage(String name, Map<String, PolicySettings> all)
      throws SettingsException {
    List<String> names = new ArrayList<>();
    Optional<String> next = Optional.of(name);
    while (next.isPresent()) {
      String current = next.get();
      PolicySettings policy = all.get(current);
      if (policy == null) {
        throw new SettingsException(
            "/policies/" + names.getLast() + "/extends",
            "there is no policy " + current + Suggestion.among(all.keySet(), current));
      }
      if (names.contains(current)) {
        throw new SettingsException(
            "/policies/" + names.getLast() + "/extends",
            "the policies %s build on each other".formatted(String.join(", ", names)));
      }
      names.add(current);
      boolean root = current.equals(PolicySettings.DEFAULT_NAME) && policy.extending().isEmpty();
      next =
          root
              ? Optional.empty()
              : policy.extending().or(() -> Optional.of(PolicySettings.DEFAULT_NAME));
    }
    Collections.reverse(names);
    return names.stream().map(all::get).map(java.util.Objects::requireNonNull).toList();
  }

  /** Names of the policies, sorted. */
  public List<String> names() {
    return List.copyOf(new TreeSet<>(policies.keySet()));
  }

  /** A policy; empty when there is none of that name. */
  public Optional<Policy> find(String name) {
    return Optional.ofNullable(policies.get(name));
  }
}
