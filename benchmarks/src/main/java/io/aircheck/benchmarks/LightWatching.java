package io.aircheck.benchmarks;

import io.aircheck.core.deploy.Watching;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What light watching of a ladder costs and finds, against watching it in full, in one JVM:
 * processor time of each, in turns, and the findings of each by kind and rendition.
 *
 * <p>{@code LightWatching ROUNDS MASTER...} reads as fast as it can; with 0 rounds each ladder is
 * watched once in each way, lightly at the pace of its presentation times, so that a suspicion in
 * one rendition has the effect on the others that it has on air, and only findings are compared:
 * when they began, and how much later they were told, in media time. {@code LightWatching reasons
 * MASTER...} reads each ladder lightly once, as fast as it can, and tells what it was watched in
 * full for.
 */
public final class LightWatching {
  private LightWatching() {}

  public static void main(String[] arguments) {
    boolean reasons = arguments[0].equals("reasons");
    int rounds = reasons ? 0 : Integer.parseInt(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      if (reasons) {
        LadderRun light = LadderRun.of(arguments[i], Watching.lightly(), false);
        System.out.printf(
            "%s%n  %s, found %s%n", arguments[i], light.reasons().keySet(), light.found());
      } else if (rounds == 0) {
        compareFindings(arguments[i]);
      } else {
        compareCost(arguments[i], rounds);
      }
    }
  }

  private static void compareCost(String master, int rounds) {
    LadderRun.of(master, Watching.FULL, false);
    LadderRun.of(master, Watching.lightly(), false);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      LadderRun full = LadderRun.of(master, Watching.FULL, false);
      LadderRun light = LadderRun.of(master, Watching.lightly(), false);
      ratios.add(light.cpuSeconds() / full.cpuSeconds());
      System.out.printf(
          Locale.ROOT,
          "full %6.2f s CPU  light %6.2f s CPU  ratio %.3f  full found %s  light found %s%n",
          full.cpuSeconds(),
          light.cpuSeconds(),
          ratios.getLast(),
          full.found().keySet(),
          light.found().keySet());
    }
    Collections.sort(ratios);
    System.out.printf(Locale.ROOT, "median ratio %.3f%n", ratios.get(rounds / 2));
  }

  /** A line for each finding: when it began, and how much later it was told. */
  private static void compareFindings(String master) {
    LadderRun full = LadderRun.of(master, Watching.FULL, false);
    LadderRun light = LadderRun.of(master, Watching.lightly(), true);
    System.out.printf("%s%n  in full for %s%n", master, inOrder(light.reasons()));
    TreeSet<String> all = new TreeSet<>(full.found().keySet());
    all.addAll(light.found().keySet());
    for (String name : all) {
      System.out.printf("  %-34s full %-12s light %s%n", name, told(full, name), told(light, name));
    }
  }

  private static String told(LadderRun run, String name) {
    LadderRun.Told told = run.found().get(name);
    return told == null ? "-" : told.toString();
  }

  private static String inOrder(Map<String, Double> reasons) {
    return reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(each -> String.format(Locale.ROOT, "%.1f s %s", each.getValue(), each.getKey()))
        .collect(Collectors.joining(", "));
  }
}
