package io.aircheck.app.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What labels mean in kinds of finding.
 *
 * @param findings kinds that an event with a label should be found as; empty: it cannot be found
 * @param inconclusive labels whose events need a reference: without a finding they count as
 *     inconclusive, not as missed
 * @param consequences kinds, or beginnings of kinds, that are no false alarm during an event of a
 *     label because the event really causes them
 * @param natural kinds that are no false alarm, unless errors, in a natural interval of a sort
 */
public record LabelMap(
    Map<String, Set<String>> findings,
    Set<String> inconclusive,
    Map<String, List<String>> consequences,
    Map<String, Set<String>> natural) {

  /** The meaning of the labels that ships with Aircheck: {@code labels.json} beside this class. */
  public static LabelMap shipped() {
    try (InputStream in =
        Objects.requireNonNull(LabelMap.class.getResourceAsStream("labels.json"))) {
      return new ObjectMapper().readValue(in, LabelMap.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kinds that an event should be found as. */
  Set<String> kinds(String label) {
    return findings.getOrDefault(label, Set.of());
  }

  /** Whether an event with a label causes findings of a kind. */
  boolean causes(String label, String kind) {
    return consequences.getOrDefault(label, List.of()).stream().anyMatch(kind::startsWith);
  }
}
