package io.aircheck.deploy.flink;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The components of a record, and how to take it apart and put it together. Immutable. */
final class RecordShape {
  private final Constructor<?> constructor;
  private final RecordComponent[] components;
  private final Method[] accessors;

  private RecordShape(Constructor<?> constructor, RecordComponent[] components) {
    this.constructor = constructor;
    this.components = components;
    this.accessors =
        Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
    // States of folds are nobody's business but the fold's, and are records without access.
    constructor.setAccessible(true);
    for (Method accessor : accessors) {
      accessor.setAccessible(true);
    }
  }

  static RecordShape of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException(type.getName() + " is not a record");
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return new RecordShape(type.getDeclaredConstructor(types), components);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has this constructor", e);
    }
  }

  int size() {
    return components.length;
  }

  Type type(int index) {
    return components[index].getGenericType();
  }

  @Nullable Object component(Record value, int index) {
    try {
      return accessors[index].invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + components[index] + " of " + value, e);
    }
  }

  Object create(@Nullable Object... values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no " + constructor.getDeclaringClass().getName(), e);
    }
  }
}
