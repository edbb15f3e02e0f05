package io.aircheck.experience.report;

/** In which of the schemas a body is. */
public enum ReportSchema {
  /** Event reports of common media client data. */
  CMCD(1),
  /** Eyevinn Player Analytics Specification. */
  EPAS(2),
  /** Payloads of Snowplow's trackers. */
  SNOWPLOW(3),
  /** Plain JSON. */
  PLAIN(4),
  /** Made of lines of a request log, in JSON of our own. Nobody sends it. */
  LOGGED(5);

  private final int code;

  ReportSchema(int code) {
    this.code = code;
  }

  /** What stands for it in files; never changes. */
  public int code() {
    return code;
  }

  /**
   * The inverse of {@link #code}.
   *
   * @throws IllegalArgumentException for a code of none
   */
  public static ReportSchema of(int code) {
    for (ReportSchema schema : values()) {
      if (schema.code == code) {
        return schema;
      }
    }
    throw new IllegalArgumentException("no schema has the code " + code);
  }
}
