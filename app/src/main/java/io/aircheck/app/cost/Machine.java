package io.aircheck.app.cost;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A machine that can be rented for processes.
 *
 * @param name as its vendor calls it
 * @param vCpus threads of cores; one is taken to do as much as one where was measured
 * @param memoryGb memory, GB
 * @param perHour its price, in the currency of the prices; empty: cores and memory are bought one
 *     by one
 * @param source address of the price list
 */
public record Machine(
    String name, double vCpus, double memoryGb, OptionalDouble perHour, String source) {

  /** Where none is named. */
  static final Machine USUAL = new Machine("4 vCPU, 8 GB", 4, 8, OptionalDouble.empty(), "");

  @JsonCreator
  static Machine of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("vCpus") @Nullable Double vCpus,
      @JsonProperty("memoryGb") @Nullable Double memoryGb,
      @JsonProperty("perHour") @Nullable Double perHour,
      @JsonProperty("source") @Nullable String source) {
    if (name == null || vCpus == null || !(vCpus > 0) || memoryGb == null || !(memoryGb > 0)) {
      throw new IllegalArgumentException("needs a name, and vCpus and memoryGb of more than 0");
    }
    if (perHour != null && !(perHour >= 0)) {
      throw new IllegalArgumentException("perHour must be 0 or more");
    }
    return new Machine(
        name,
        vCpus,
        memoryGb,
        perHour == null ? OptionalDouble.empty() : OptionalDouble.of(perHour),
        Objects.requireNonNullElse(source, ""));
  }
}
