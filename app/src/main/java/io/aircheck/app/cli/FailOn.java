package io.aircheck.app.cli;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.aircheck.app.UsageException;
import io.aircheck.core.observe.Finding;
import io.aircheck.core.observe.Severity;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From which severity on findings make a command fail. */
enum FailOn {
  INFO(Severity.INFO),
  WARNING(Severity.WARNING),
  ERROR(Severity.ERROR),
  NEVER(null);

  private final @Nullable Severity severity;

  FailOn(@Nullable Severity severity) {
    this.severity = severity;
  }

  boolean concerns(Collection<Finding> findings) {
    Severity limit = severity;
    return limit != null && findings.stream().anyMatch(f -> f.severity().atLeast(limit));
  }

  /**
   * @throws UsageException for any other word
   */
  @JsonCreator
  static FailOn parse(String word) {
    for (FailOn value : values()) {
      if (value.toString().equals(word)) {
        return value;
      }
    }
    throw new UsageException("must be info, warning, error or never, not " + word);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
