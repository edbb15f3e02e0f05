package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measures;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies records from their components alone, as a runtime does that carries states elsewhere. */
final class Copies {
  private Copies() {}

  static SessionState of(SessionState state) {
    return (SessionState) copyOf(state);
  }

  private static @Nullable Object copy(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Record copied -> copyOf(copied);
      case List<?> list -> copyOf(list);
      case Map<?, ?> map -> copyOf(map);
      case Measures measures -> Measures.of(measures.toArray());
      case String text -> new String(text.toCharArray());
      case Number number -> number;
      case Boolean truth -> truth;
      case Enum<?> constant -> constant;
      default -> throw new IllegalArgumentException("cannot be carried: " + value.getClass());
    };
  }

  private static Object copyOf(Record original) {
    RecordComponent[] components = original.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        components[i].getAccessor().setAccessible(true);
        values[i] = copy(components[i].getAccessor().invoke(original));
      }
      Constructor<?> constructor = original.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Object> copyOf(List<?> list) {
    List<Object> copies = new ArrayList<>();
    list.forEach(element -> copies.add(copy(element)));
    return copies;
  }

  private static Map<Object, Object> copyOf(Map<?, ?> map) {
    Map<Object, Object> copies = new HashMap<>();
    map.forEach((key, value) -> copies.put(copy(key), copy(value)));
    return copies;
  }
}
