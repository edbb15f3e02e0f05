package io.aircheck.experience.report;

/** Names of attributes that make dimensions. Further ones may be configured. */
public final class Attributes {
  /** Delivery network, as the player names it, or by its host. */
  public static final String CDN = "cdn";

  /** ISO 3166 code of the country, upper case. */
  public static final String COUNTRY = "country";

  /** ISO 3166-2 code of the part of the country, such as DE-BY, or its name. */
  public static final String REGION = "region";

  /** Autonomous system of the viewer's network, such as AS64500, or its name. */
  public static final String NETWORK = "network";

  /** Family of device: phone, tablet, desktop, tv, console, other. */
  public static final String DEVICE = "device";

  /** Operating system. */
  public static final String SYSTEM = "os";

  /** Browser, by its name without version. */
  public static final String BROWSER = "browser";

  /** Player, by its name. */
  public static final String PLAYER = "player";

  /** Version of the player. */
  public static final String PLAYER_VERSION = "playerVersion";

  /** Version of the application around the player. */
  public static final String APP_VERSION = "appVersion";

  /** Streaming format: hls, dash ... */
  public static final String FORMAT = "format";

  /** "true" where the requests are those of a machine. */
  public static final String BOT = "bot";

  private Attributes() {}
}
