package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of wall-clock time.
 *
 * @param from its start; empty: it has begun already
 * @param to its end, not part of it; empty: it does not end
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Schedule(Optional<Instant> from, Optional<Instant> to) {

  @JsonCreator
  static Schedule of(
      @JsonProperty("from") @Nullable Instant from, @JsonProperty("to") @Nullable Instant to) {
    return new Schedule(Optional.ofNullable(from), Optional.ofNullable(to));
  }

  /** Whether a time lies within. */
  public boolean contains(Instant time) {
    return !from.filter(time::isBefore).isPresent() && to.map(time::isBefore).orElse(true);
  }

  /** The next time after one at which {@link #contains} changes; empty: never. */
  public Optional<Instant> nextChange(Instant after) {
    return from.filter(after::isBefore).or(() -> to.filter(after::isBefore));
  }
}
