package io.aircheck.app.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a configuration file.
 *
 * @param input file or address, as on the command line; the file's check holds that it is there
 * @param reference a second point of the same programme to compare with
 */
record StreamEntry(
    @JsonProperty("input") @Nullable String input,
    @JsonProperty("reference") @Nullable String reference) {

  /** What is wrong with it, in words that follow the name of the stream. */
  Optional<String> fault() {
    if (input == null || input.isBlank()) {
      return Optional.of(" lacks its input; write input: FILE or ADDRESS");
    } else if (reference != null && reference.isBlank()) {
      return Optional.of(
          ".reference is empty; name a second point of the programme or leave it out");
    } else if (input.equals(reference)) {
      return Optional.of(".reference is the input itself; name a second point of the programme");
    }
    return Optional.empty();
  }
}
