package io.aircheck.deploy.flink;

import io.aircheck.core.fold.StandsFor;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.AddressTerms;
import io.aircheck.core.net.OutboundPolicy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records of plain values as bytes, each component in its order, maps in that of their keys: what
 * the types of the core and the states of folds are made of. Equal values are equal bytes. An
 * interface is written as the name of the type that stands for it, and so is what is declared as no
 * more than a record: the state of a fold. Of a {@link StandsFor} its form is written. Of a rule of
 * addresses its terms are written, and an {@link OutboundPolicy} is read; of one without terms
 * {@link AddressRule#ANY}.
 *
 * <p>Thread-safe.
 */
final class RecordCodec {
  /** No array or list is longer; bounds what bytes that are none of ours can do. */
  private static final int MOST = 64 << 20;

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return RecordShape.of(type);
        }
      };

  private RecordCodec() {}

  /**
   * Writes a value.
   *
   * @param type what it is declared as
   * @throws IllegalArgumentException when the type has something in it that is not plain
   */
  static void write(DataOutput out, Type type, @Nullable Object value) throws IOException {
    Class<?> raw = raw(type);
    if (value instanceof AddressRule rule) {
      write(out, AddressTerms.class, rule.terms().orElse(null));
      return;
    }
    if (!raw.isPrimitive()) {
      out.writeBoolean(value != null);
    }
    if (value == null) {
      return;
    }
    if (value instanceof StandsFor<?> stands) {
      record(out, stands.form().getClass(), stands.form());
      return;
    }
    switch (value) {
      case Boolean flag -> out.writeBoolean(flag);
      case Integer number -> out.writeInt(number);
      case Long number -> out.writeLong(number);
      case Float number -> out.writeFloat(number);
      case Double number -> out.writeDouble(number);
      case String text -> bytes(out, text.getBytes(StandardCharsets.UTF_8));
      case Enum<?> word -> bytes(out, word.name().getBytes(StandardCharsets.UTF_8));
      case byte[] bytes -> bytes(out, bytes);
      case float[] values -> floats(out, values);
      case long[] values -> longs(out, values);
      case Duration duration -> {
        out.writeLong(duration.getSeconds());
        out.writeInt(duration.getNano());
      }
      case OptionalLong optional -> {
        out.writeBoolean(optional.isPresent());
        out.writeLong(optional.orElse(0));
      }
      case Optional<?> optional -> write(out, argument(type, 0), optional.orElse(null));
      case List<?> list -> {
        out.writeInt(list.size());
        for (Object element : list) {
          write(out, argument(type, 0), element);
        }
      }
      case Map<?, ?> map -> {
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
          write(out, argument(type, 0), entry.getKey());
          write(out, argument(type, 1), entry.getValue());
        }
      }
      case Record nested -> record(out, raw, nested);
      default -> throw new IllegalArgumentException(type + " is not plain");
    }
  }

  private static void record(DataOutput out, Class<?> declared, Record value) throws IOException {
    if (declared.isInterface() || declared == Record.class) {
      bytes(out, value.getClass().getName().getBytes(StandardCharsets.UTF_8));
    }
    RecordShape shape = SHAPES.get(value.getClass());
    for (int i = 0; i < shape.size(); i++) {
      write(out, shape.type(i), shape.component(value, i));
    }
  }

  /**
   * Reads a value.
   *
   * @param type what it was declared as
   * @throws IOException when the bytes are not those of such a value
   */
  static @Nullable Object read(DataInput in, Type type) throws IOException {
    Class<?> raw = raw(type);
    if (raw == AddressRule.class) {
      AddressTerms terms = (AddressTerms) read(in, AddressTerms.class);
      return terms == null ? AddressRule.ANY : OutboundPolicy.of(terms);
    }
    if (!raw.isPrimitive() && !in.readBoolean()) {
      return null;
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return in.readBoolean();
    } else if (raw == int.class || raw == Integer.class) {
      return in.readInt();
    } else if (raw == long.class || raw == Long.class) {
      return in.readLong();
    } else if (raw == float.class || raw == Float.class) {
      return in.readFloat();
    } else if (raw == double.class || raw == Double.class) {
      return in.readDouble();
    } else if (raw == String.class) {
      return text(in);
    } else if (raw.isEnum()) {
      return word(raw, text(in));
    } else if (raw == byte[].class) {
      return bytes(in);
    } else if (raw == float[].class) {
      return floats(in);
    } else if (raw == long[].class) {
      return longs(in);
    } else if (raw == Duration.class) {
      return Duration.ofSeconds(in.readLong(), in.readInt());
    } else if (raw == OptionalLong.class) {
      boolean present = in.readBoolean();
      long value = in.readLong();
      return present ? OptionalLong.of(value) : OptionalLong.empty();
    } else if (raw == Optional.class) {
      return Optional.ofNullable(read(in, argument(type, 0)));
    } else if (raw == List.class) {
      int count = count(in);
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        list.add(read(in, argument(type, 0)));
      }
      return list;
    } else if (raw == Map.class) {
      int count = count(in);
      Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        map.put(read(in, argument(type, 0)), read(in, argument(type, 1)));
      }
      return map;
    }
    if (raw == Record.class) {
      return record(in, anyRecord(text(in)));
    }
    if (StandsFor.class.isAssignableFrom(raw)) {
      return ((StandsFor.Form<?>) record(in, form(raw))).value();
    }
    return record(in, raw.isInterface() ? implementation(raw, text(in)) : raw);
  }

  private static Object record(DataInput in, Class<?> type) throws IOException {
    RecordShape shape = SHAPES.get(type);
    @Nullable Object[] values = new Object[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(in, shape.type(i));
    }
    return shape.create(values);
  }

  /** The record that stands for a value. */
  private static Class<?> form(Class<?> type) {
    for (Type implemented : type.getGenericInterfaces()) {
      if (implemented instanceof ParameterizedType generic
          && generic.getRawType() == StandsFor.class) {
        return raw(generic.getActualTypeArguments()[0]);
      }
    }
    throw new IllegalArgumentException(type.getName() + " does not say what stands for it");
  }

  /**
   * Only what the sealed interface permits: bytes cannot name any class they like; of one that is
   * not sealed, records.
   */
  private static Class<?> implementation(Class<?> declared, String name) throws IOException {
    if (!declared.isSealed()) {
      Class<?> type = anyRecord(name);
      if (declared.isAssignableFrom(type)) {
        return type;
      }
      throw new IOException(name + " is no " + declared.getName());
    }
    Class<?>[] permitted = declared.getPermittedSubclasses();
    for (Class<?> candidate : permitted == null ? new Class<?>[0] : permitted) {
      if (candidate.getName().equals(name)) {
        return candidate;
      }
    }
    throw new IOException(name + " is no " + declared.getName());
  }

  /** Records hold what they are given and do nothing: any of them may be named. */
  private static Class<?> anyRecord(String name) throws IOException {
    try {
      Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      if (type.isRecord()) {
        return type;
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("there is no " + name + " here", e);
    }
    throw new IOException(name + " is no record");
  }

  private static Object word(Class<?> type, String name) throws IOException {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IOException("there is no " + type.getSimpleName() + " " + name);
  }

  private static void bytes(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInput in) throws IOException {
    byte[] bytes = new byte[count(in)];
    in.readFully(bytes);
    return bytes;
  }

  private static String text(DataInput in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static void floats(DataOutput out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static float[] floats(DataInput in) throws IOException {
    float[] values = new float[count(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private static void longs(DataOutput out, long[] values) throws IOException {
    out.writeInt(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  private static long[] longs(DataInput in) throws IOException {
    long[] values = new long[count(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  private static int count(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("a record holds " + count + " of something");
    }
    return count;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalArgumentException(type + " is not plain");
    };
  }

  private static Type argument(Type type, int index) {
    if (type instanceof ParameterizedType generic) {
      return generic.getActualTypeArguments()[index];
    }
    throw new IllegalArgumentException(type + " does not say what it holds");
  }
}
