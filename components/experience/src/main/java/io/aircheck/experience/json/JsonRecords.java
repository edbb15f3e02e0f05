package io.aircheck.experience.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of a body in UTF-8: one object, an array of objects, or objects one after the
 * other, usually on lines of their own. From a record that is no JSON on, the rest is read line by
 * line, so that it takes no other line with it. Thread-safe.
 */
public final class JsonRecords {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** How often the bytes of a hostile body are read at most: once for each level of its nesting. */
  private static final int DEEPEST = 4 * JsonMembers.DEEPEST;

  private final JsonFactory json =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
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
   * @param malformed is called for every piece that is none: an element, or a line
   */
  public void read(byte[] body, Consumer<JsonFields> record, Runnable malformed) {
    Reading reading = new Reading(body, record, malformed);
    int at = reading.next(reading.all());
    while (at < body.length) {
      at = reading.next(reading.one(at));
    }
  }

  /** A body that is read. */
  private final class Reading {
    private final byte[] body;
    private final Consumer<JsonFields> record;
    private final Runnable malformed;

    /** End of the last piece that has been told whole. */
    private int done;

    Reading(byte[] body, Consumer<JsonFields> record, Runnable malformed) {
      this.body = body;
      this.record = record;
      this.malformed = malformed;
    }

    /** Reads the body as a whole, up to what is no JSON; where to go on. */
    int all() {
      int from = startsWithMark() ? BYTE_ORDER_MARK.length : 0;
      done = from;
      try (JsonParser parser = json.createParser(body, from, body.length - from)) {
        while (parser.nextToken() != null) {
          root(parser, from);
          tell(parser, from);
        }
        return body.length;
      } catch (IOException e) {
        return member == null ? done : skip(next(done)); // some of its records may have been told
      }
    }

    /** Reads the object that begins somewhere; where to go on. */
    int one(int at) {
      int from = body[at] == '[' ? next(at + 1) : at;
      if (from < body.length && body[from] == '{') {
        try (JsonParser parser = json.createParser(body, from, body.length - from)) {
          parser.nextToken();
          root(parser, from);
          tell(parser, from);
          return done;
        } catch (IOException e) {
          return skip(from);
        }
      }
      return skip(at);
    }

    /** Passes over the rest of a line that is no record. */
    private int skip(int at) {
      malformed.run();
      int end = at;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      return end;
    }

    /** The first byte from here on that may begin something. */
    int next(int from) {
      int at = from;
      while (at < body.length && ((body[at] <= ' ' && body[at] >= 0) || isBetween(body[at]))) {
        at++;
      }
      return at;
    }

    /** What stands between the elements of an array, or at its end. */
    private static boolean isBetween(byte one) {
      return one == ',' || one == ']';
    }

    private boolean startsWithMark() {
      for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
        if (i >= body.length || body[i] != BYTE_ORDER_MARK[i]) {
          return false;
        }
      }
      return true;
    }

    private void root(JsonParser parser, int from) throws IOException {
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        elements(parser, from);
      } else if (parser.currentToken() != JsonToken.START_OBJECT) {
        malformed.run();
      } else if (member == null) {
        record.accept(JsonMembers.read(parser));
      } else {
        boolean found = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          boolean named = member.equals(parser.currentName());
          if (parser.nextToken() == JsonToken.START_ARRAY && named) {
            found = true;
            elements(parser, from);
          } else {
            parser.skipChildren();
          }
        }
        if (!found) {
          malformed.run();
        }
      }
    }

    private void elements(JsonParser parser, int from) throws IOException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          record.accept(JsonMembers.read(parser));
        } else {
          parser.skipChildren();
          malformed.run();
        }
        if (member == null) {
          tell(parser, from);
        }
      }
    }

    private void tell(JsonParser parser, int from) {
      done = from + (int) parser.currentLocation().getByteOffset();
    }
  }
}
