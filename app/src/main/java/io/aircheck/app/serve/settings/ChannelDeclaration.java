package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place to tell people or systems. Immutable.
 *
 * @param type name of the factory; empty: none was given
 * @param values what that type wants to know, by setting; some are secrets
 */
public record ChannelDeclaration(
    @JsonProperty("type") String type, @JsonAnyGetter Map<String, String> values) {

  public ChannelDeclaration {
    values = Map.copyOf(values);
  }

  @JsonCreator
  static ChannelDeclaration of(
      @JsonProperty("type") @Nullable String type,
      @JsonAnySetter @Nullable Map<String, JsonNode> values) {
    return new ChannelDeclaration(
        type == null ? "" : type, values == null ? Map.of() : NestedValues.flat(values));
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "ChannelDeclaration[" + type + "]";
  }
}
