package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place to tell people or systems: the type of a channel, and what that type wants to know. */
public final class ChannelDeclaration {
  private final String type;
  private final Map<String, String> values = new LinkedHashMap<>();

  @JsonCreator
  ChannelDeclaration(@JsonProperty("type") @Nullable String type) {
    this.type = type == null ? "" : type;
  }

  /** A channel with its settings. */
  public ChannelDeclaration(String type, Map<String, String> values) {
    this.type = type;
    this.values.putAll(values);
  }

  @JsonAnySetter
  void set(String name, String value) {
    values.put(name, value);
  }

  /** Name of the factory. */
  @JsonProperty("type")
  public String type() {
    return type;
  }

  /** Values by setting; some are secrets. */
  @JsonAnyGetter
  public Map<String, String> values() {
    return Map.copyOf(values);
  }
}
