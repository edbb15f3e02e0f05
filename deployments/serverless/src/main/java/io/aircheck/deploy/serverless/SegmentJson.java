package io.aircheck.deploy.serverless;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.aircheck.core.incident.IncidentPolicy;
import io.aircheck.core.media.MediaEvent;
import io.aircheck.core.observe.Observation;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What functions leave each other, as JSON. */
final class SegmentJson {
  private static final ObjectMapper MAPPER = mapper();

  private SegmentJson() {}

  /** Names the variant of an event or observation; they are all nested records. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface Named {}

  @JsonDeserialize(converter = GivenPolicy.Completion.class)
  private interface Given {}

  private static ObjectMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            // Components of records alone: what they compute from these is no part of them.
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .addMixIn(IncidentPolicy.class, Given.class)
            // Options of a detector, and whatever else nobody gives.
            .withConfigOverride(
                Map.class, map -> map.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    for (Class<?> sealed : List.of(MediaEvent.class, Observation.class)) {
      builder.addMixIn(sealed, Named.class);
      builder.registerSubtypes(sealed.getPermittedSubclasses());
    }
    return builder.build();
  }

  static byte[] write(Object value) throws IOException {
    return MAPPER.writeValueAsBytes(value);
  }

  static <T> T read(byte[] json, Class<T> type) throws IOException {
    return MAPPER.readValue(json, type);
  }

  /** As a part of something larger. */
  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static <T> T read(JsonNode tree, Class<T> type) throws IOException {
    return MAPPER.treeToValue(tree, type);
  }
}
