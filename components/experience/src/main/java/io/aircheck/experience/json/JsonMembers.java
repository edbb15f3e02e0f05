package io.aircheck.experience.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads an object, within bounds: what is longer, deeper or more is left out. */
final class JsonMembers {
  /** Levels that are read. */
  static final int DEEPEST = 16;

  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int MOST_ELEMENTS = 32;

  private JsonMembers() {}

  /**
   * Reads the members of an object that has just begun.
   *
   * @throws IOException if it is no JSON, or nested too deeply
   */
  static JsonFields read(JsonParser parser) throws IOException {
    JsonFields fields = new JsonFields();
    members(parser, "", fields, 1);
    return fields;
  }

  private static void members(JsonParser parser, String prefix, JsonFields fields, int depth)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String path = prefix.isEmpty() ? parser.currentName() : prefix + "." + parser.currentName();
      parser.nextToken();
      value(parser, path, fields, depth);
    }
  }

  private static void value(JsonParser parser, String path, JsonFields fields, int depth)
      throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        if (depth < DEEPEST) {
          members(parser, path, fields, depth + 1);
        } else {
          parser.skipChildren();
        }
      }
      case START_ARRAY -> {
        if (depth >= DEEPEST) {
          parser.skipChildren();
          return;
        }
        int element = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (element < MOST_ELEMENTS) {
            value(parser, path + "." + element++, fields, depth + 1);
          } else {
            parser.skipChildren();
          }
        }
      }
      case VALUE_STRING -> {
        if (parser.getTextLength() <= LONGEST_TEXT) {
          fields.put(path, parser.getText());
        }
      }
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          fields.put(path, parser.getDoubleValue());
        } else {
          fields.put(path, parser.getLongValue());
        }
      }
      case VALUE_NUMBER_FLOAT -> fields.put(path, parser.getDoubleValue());
      case VALUE_TRUE -> fields.put(path, Boolean.TRUE);
      case VALUE_FALSE -> fields.put(path, Boolean.FALSE);
      default -> {
        // null says nothing
      }
    }
  }
}
