package io.aircheck.app.serve.viewers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aircheck.core.store.EvidenceStore;
import io.aircheck.experience.exposure.Exposure;
import io.aircheck.experience.measure.Measure;
import io.aircheck.experience.measure.Measures;
import io.aircheck.experience.measure.Ratio;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Who was shown a defect, as the API and the evidence have it. */
public final class ExposureJson {
  /** Name of the evidence that it is left as. */
  public static final String EVIDENCE = "viewers.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double TENTHS = 10;

  private ExposureJson() {}

  /** All of it. */
  public static ObjectNode of(Exposure exposure) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("viewers", exposure.viewers());
    json.put("viewerMinutes", rounded(exposure.viewerMinutes()));
    exposure.leftPercent().ifPresent(percent -> json.put("leftPercent", rounded(percent)));
    json.put("otherViewers", exposure.otherViewers());
    exposure
        .othersLeftPercent()
        .ifPresent(percent -> json.put("othersLeftPercent", rounded(percent)));
    json.set("exposed", sums(exposure.exposed()));
    json.set("others", sums(exposure.others()));
    json.put("complete", exposure.complete());
    return json;
  }

  /** Whether a piece of evidence is one. */
  public static boolean isOne(EvidenceStore.Item item) {
    return item.name().equals(EVIDENCE);
  }

  /**
   * Reads what was left; empty when it is damaged.
   *
   * @throws IOException when it cannot be read at all
   */
  public static Optional<ObjectNode> read(InputStream in) throws IOException {
    try {
      return MAPPER.readTree(in) instanceof ObjectNode json ? Optional.of(json) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Reads what was told; empty when it is damaged. */
  static Optional<ObjectNode> read(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode json
          ? Optional.of(json)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Sums that are not zero, and ratios where there is something to divide by. */
  private static ObjectNode sums(Measures sums) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Measure measure : Measure.values()) {
      if (sums.get(measure) != 0) {
        json.put(measure.id(), sums.get(measure));
      }
    }
    for (Ratio ratio : Ratio.values()) {
      ratio.of(sums).ifPresent(value -> json.put(ratio.id(), value));
    }
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * TENTHS) / TENTHS;
  }
}
