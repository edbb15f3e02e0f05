package io.aircheck.experience.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.aircheck.experience.report.ReportSchema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the schemas in JSON apart by the names of the first object's members: none of them has a
 * content type of its own.
 */
public final class JsonShape {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonShape() {}

  /** The schema of a body; plain, if it is like none. */
  public static ReportSchema of(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        token = parser.nextToken();
      }
      if (token == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          ReportSchema schema = ofMember(parser.currentName());
          if (schema != null) {
            return schema;
          }
          parser.nextToken();
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return ReportSchema.PLAIN; // whose reader says what is wrong with it
    }
    return ReportSchema.PLAIN;
  }

  private static @Nullable ReportSchema ofMember(String name) {
    return switch (name) {
      case "sessionId", "event", "payload" -> ReportSchema.EPAS;
      case "schema", "data" -> ReportSchema.SNOWPLOW;
      case "session", "time", "state", "sequence" -> ReportSchema.PLAIN;
      default -> null;
    };
  }
}
