package io.aircheck.experience.ingest;

import io.aircheck.experience.engine.Collector.Answer;
import java.util.Optional;

/** Why lines were not taken, for those who read the log again in a moment. */
final class Refused {
  private Refused() {}

  /** In one line; empty: they were. */
  static Optional<String> why(Answer answer) {
    return switch (answer) {
      case Answer.Taken taken -> Optional.empty();
      case Answer.TooMany tooMany -> Optional.of("reports come faster than they can be written");
      case Answer.Unavailable unavailable -> Optional.of(unavailable.problem());
    };
  }
}
