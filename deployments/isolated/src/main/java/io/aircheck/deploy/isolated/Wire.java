package io.aircheck.deploy.isolated;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of general types as bytes: texts, lists, maps, what may be missing. */
final class Wire {

  private Wire() {}

  /** Writes a value. */
  @FunctionalInterface
  interface Put<T> {
    void to(DataOutput out, T value) throws IOException;
  }

  /** Reads a value. */
  @FunctionalInterface
  interface Take<T> {
    T from(DataInput in) throws IOException;
  }

  static void text(DataOutput out, String text) throws IOException {
    bytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(DataInput in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  static void bytes(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] bytes(DataInput in) throws IOException {
    byte[] bytes = new byte[count(in)];
    in.readFully(bytes);
    return bytes;
  }

  /** A number of things; bounded, so that bytes that are none of ours do no harm. */
  private static int count(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MessageChannel.MAX_MESSAGE) {
      throw new IOException("a message holds " + count + " of something");
    }
    return count;
  }

  static <T> void optional(DataOutput out, Optional<T> value, Put<T> put) throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      put.to(out, value.get());
    }
  }

  static <T> Optional<T> optional(DataInput in, Take<T> take) throws IOException {
    return in.readBoolean() ? Optional.of(take.from(in)) : Optional.empty();
  }

  static <T> void list(DataOutput out, List<T> values, Put<T> put) throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      put.to(out, value);
    }
  }

  static <T> List<T> list(DataInput in, Take<T> take) throws IOException {
    int count = count(in);
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(take.from(in));
    }
    return values;
  }

  static <T> void map(DataOutput out, Map<String, T> values, Put<T> put) throws IOException {
    out.writeInt(values.size());
    for (Map.Entry<String, T> entry : values.entrySet()) {
      text(out, entry.getKey());
      put.to(out, entry.getValue());
    }
  }

  static <T> Map<String, T> map(DataInput in, Take<T> take) throws IOException {
    int count = count(in);
    Map<String, T> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(text(in), take.from(in));
    }
    return values;
  }

  static void word(DataOutput out, Enum<?> value) throws IOException {
    text(out, value.name());
  }

  static <E extends Enum<E>> E word(DataInput in, Class<E> type) throws IOException {
    String name = text(in);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IOException("there is no " + type.getSimpleName() + " " + name, e);
    }
  }
}
