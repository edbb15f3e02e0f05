package io.aircheck.notify.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Events made by hand. */
public final class Events {
  private Events() {}

  /** One of a kind. */
  public static ExportEvent of(String kind, String id, String key) {
    return of(kind, id, key, "");
  }

  /** One that says something. */
  public static ExportEvent of(String kind, String id, String key, String words) {
    return new ExportEvent(
        id,
        kind,
        "io.aircheck.viewers." + kind,
        key,
        1_800_000_000_000L,
        JsonNodeFactory.instance.objectNode().put("words", words));
  }
}
