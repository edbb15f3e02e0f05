package io.aircheck.experience.ingest;

import io.aircheck.experience.ingest.LogBucket.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which objects have been read: those of the last hour by their names, older ones by their time.
 * Objects are listed as soon as they are there, but times of a bucket may be those of the beginning
 * of an upload: nothing takes an hour.
 */
final class ObjectBookmark implements Bookmark {
  private static final long KNOWN_MILLIS = 3_600_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final Map<String, ObjectMark> objects = new LinkedHashMap<>();
  private long sinceMillis = NEVER;

  @Override
  public void passed(String text) {
    ObjectMark mark = ObjectMark.parse(text);
    if (mark.key().isEmpty()) {
      since(mark.modifiedMillis());
    } else {
      objects.put(mark.key(), mark);
      // Of those that are read, the first is the oldest.
      since(isNew() ? mark.modifiedMillis() : mark.modifiedMillis() - KNOWN_MILLIS);
    }
  }

  private void since(long millis) {
    if (millis > sinceMillis) {
      sinceMillis = millis;
      objects.values().removeIf(mark -> mark.modifiedMillis() < millis);
    }
  }

  @Override
  public List<String> marks() {
    List<String> marks = new ArrayList<>();
    if (!isNew()) {
      marks.add(ObjectMark.since(sinceMillis).toString());
      objects.values().forEach(mark -> marks.add(mark.toString()));
    }
    return marks;
  }

  /** Whether nothing has ever been looked at. */
  boolean isNew() {
    return sinceMillis == NEVER;
  }

  /** Whether something of an object is still to be read. */
  boolean wants(Item item) {
    ObjectMark mark = objects.get(item.key());
    return mark == null ? item.modifiedMillis() >= sinceMillis : mark.offset() != ObjectMark.WHOLE;
  }

  /** How many bytes of an object that is wanted have been read. */
  long offset(Item item) {
    ObjectMark mark = objects.get(item.key());
    return mark == null ? 0 : mark.offset();
  }
}
