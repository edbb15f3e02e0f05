package io.aircheck.audience.crowd;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What viewers can be told apart by. Names are those of the attributes that reports make. */
public enum Dimension {
  CONTENT("content"),
  CDN("cdn"),
  COUNTRY("country"),
  NETWORK("network"),
  DEVICE("device"),
  BROWSER("browser"),
  PLAYER("player"),
  PLAYER_VERSION("playerVersion"),
  APP_VERSION("appVersion");

  private final String id;

  Dimension(String id) {
    this.id = id;
  }

  /** Its name in interfaces, such as {@code appVersion}. */
  public String id() {
    return id;
  }

  /** The dimension of a name. */
  public static Optional<Dimension> of(String id) {
    return Arrays.stream(values()).filter(dimension -> dimension.id.equals(id)).findFirst();
  }

  /** All names. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Dimension::id).toList();
  }
}
