package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.aircheck.app.config.SettingsException;
import io.aircheck.experience.cube.CubeSpec;
import io.aircheck.experience.session.Cohort;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Dimensions of viewers that can be asked for together. A name alone in the configuration stands
 * for it and the content; a list for those in it.
 *
 * @param names of the dimensions
 */
public record DimensionSet(List<String> names) {
  /** Alerts look at all parts of a set, of which each further name makes twice as many. */
  private static final int MOST_NAMES = 4;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,63}");

  /** What is kept unless others are wished. */
  static final List<DimensionSet> USUAL = CubeSpec.USUAL.stream().map(DimensionSet::new).toList();

  /** What is kept whatever is wished. */
  static final Set<Set<String>> ANYWAY =
      CubeSpec.ANYWAY.stream().map(Set::copyOf).collect(Collectors.toUnmodifiableSet());

  public DimensionSet {
    names = List.copyOf(names);
  }

  @JsonCreator
  static DimensionSet withContent(String name) {
    return new DimensionSet(List.of(Cohort.CONTENT, name));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static DimensionSet of(List<String> names) {
    return new DimensionSet(names);
  }

  /** Whether a text can be the name of a dimension. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * @param where in the configuration it stands
   */
  void check(String where) throws SettingsException {
    if (names.isEmpty() || names.size() > MOST_NAMES) {
      throw new SettingsException(
          where,
          "has %d dimensions, must have 1 to %d: each value of each costs memory"
              .formatted(names.size(), MOST_NAMES));
    }
    if (!names.stream().allMatch(DimensionSet::isName)
        || new HashSet<>(names).size() < names.size()) {
      throw new SettingsException(
          where,
          "must be the name of an attribute besides content, such as device, and there once;"
              + " or a list of names, such as [cdn, device]");
    }
  }
}
