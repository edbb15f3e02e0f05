package io.aircheck.experience.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of a body: one object, an array of objects, or objects one after the other,
 * usually on lines of their own. After a record that is no JSON the next line with an object is
 * read, up to a hundred times in a body. Thread-safe.
 */
public final class JsonRecords {
  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int DEEPEST = 16;
  private static final int MOST_ELEMENTS = 32;
  private static final int MOST_STARTS = 100;

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(4 * DEEPEST).build())
          .build();
  private final @Nullable String member;

  /** Records are the objects themselves. */
  public JsonRecords() {
    this(null);
  }

  /** Records are in an array that is a member of the object with a name. */
  public JsonRecords(@Nullable String member) {
    this.member = member;
  }

  /**
   * Reads a body.
   *
   * @param record takes the records
   * @param malformed is called for every piece that is none
   */
  public void read(byte[] body, Consumer<JsonFields> record, Runnable malformed) {
    int from = 0;
    for (int starts = 0; from < body.length && starts < MOST_STARTS; starts++) {
      from = readFrom(body, from, record, malformed);
    }
  }

  /** Reads until the end, or until what is no JSON; where to go on. */
  private int readFrom(byte[] body, int from, Consumer<JsonFields> record, Runnable malformed) {
    long at = from;
    try (JsonParser parser = json.createParser(body, from, body.length - from)) {
      try {
        while (parser.nextToken() != null) {
          root(parser, record, malformed);
        }
        return body.length;
      } catch (IOException e) {
        at = from + Math.max(0, parser.currentLocation().getByteOffset());
      }
    } catch (IOException e) {
      at = body.length; // of the parser itself, which reads memory
    }
    malformed.run();
    return nextLine(body, (int) Math.max(at - 2, from)); // the parser may be past the line feed
  }

  private static int nextLine(byte[] body, int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\n' && body[i + 1] == '{') {
        return i + 1;
      }
    }
    return body.length;
  }

  private void root(JsonParser parser, Consumer<JsonFields> record, Runnable malformed)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      elements(parser, record, malformed);
    } else if (parser.currentToken() != JsonToken.START_OBJECT) {
      malformed.run();
    } else if (member == null) {
      record.accept(object(parser));
    } else {
      boolean found = false;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean named = member.equals(parser.currentName());
        if (parser.nextToken() == JsonToken.START_ARRAY && named) {
          found = true;
          elements(parser, record, malformed);
        } else {
          parser.skipChildren();
        }
      }
      if (!found) {
        malformed.run();
      }
    }
  }

  private static void elements(JsonParser parser, Consumer<JsonFields> record, Runnable malformed)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        record.accept(object(parser));
      } else {
        parser.skipChildren();
        malformed.run();
      }
    }
  }

  private static JsonFields object(JsonParser parser) throws IOException {
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
