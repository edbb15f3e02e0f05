package io.aircheck.app.serve.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aircheck.app.config.SettingsException;
import io.aircheck.experience.intake.Arrivals;
import io.aircheck.experience.logs.AkamaiLog;
import io.aircheck.experience.logs.CloudFrontLog;
import io.aircheck.experience.logs.JsonLog;
import io.aircheck.experience.logs.LogFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request log that reports of viewers are read from. Its lines are in a file, in a bucket, or
 * pushed. Immutable.
 *
 * @param name of the log
 * @param format of its lines
 * @param fields names of columns where the log does not name them
 * @param attributes of everything in it
 * @param file that grows
 * @param s3 bucket and prefix below which objects appear
 * @param every how often objects are looked for
 * @param http whether lines are pushed
 * @param token what shows that who pushes may; a secret
 */
public record LogSettings(
    String name,
    Format format,
    List<String> fields,
    Map<String, String> attributes,
    Optional<Path> file,
    Optional<S3Settings> s3,
    Duration every,
    boolean http,
    Optional<String> token) {

  /** Formats of lines. */
  public enum Format {
    /** Of CloudFront: columns between tabs. */
    CLOUDFRONT,
    /** Of Akamai DataStream 2: an object per line. */
    AKAMAI,
    /** An object per line with names of our own, such as nginx and Fastly can be told to write. */
    JSON;

    private static Format parse(String word) {
      for (Format format : values()) {
        if (format.word().equals(word)) {
          return format;
        }
      }
      throw new IllegalArgumentException("must be one of cloudfront, akamai, json");
    }

    /** As settings have it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A format, as the configuration says it. */
  record FormatWord(Format format) {
    /**
     * @throws IllegalArgumentException for any other word
     */
    @JsonCreator
    static FormatWord parse(String word) {
      return new FormatWord(Format.parse(word));
    }
  }

  /** Names are parts of addresses and files. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private static final int SHORTEST_TOKEN = 16;
  private static final int LONGEST_VALUE = 64;
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  public LogSettings {
    fields = List.copyOf(fields);
    attributes = Map.copyOf(attributes);
  }

  @JsonCreator
  static LogSettings of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("format") @Nullable FormatWord format,
      @JsonProperty("fields") @Nullable List<String> fields,
      @JsonProperty("attributes") @Nullable Map<String, String> attributes,
      @JsonProperty("file") @Nullable Path file,
      @JsonProperty("s3") @Nullable S3Settings s3,
      @JsonProperty("every") @Nullable Duration every,
      @JsonProperty("http") @Nullable Boolean http,
      @JsonProperty("token") @Nullable String token) {
    return new LogSettings(
        name == null ? "" : name,
        format == null ? Format.JSON : format.format(),
        fields == null ? List.of() : fields,
        attributes == null ? Map.of() : attributes,
        Optional.ofNullable(file),
        Optional.ofNullable(s3),
        every == null ? Duration.ofMinutes(1) : every,
        http != null && http,
        Optional.ofNullable(token));
  }

  /** What reads its lines, for one thread. */
  public LogFormat reader() {
    return switch (format) {
      case CLOUDFRONT -> new CloudFrontLog(fields);
      case AKAMAI -> new AkamaiLog();
      case JSON -> new JsonLog();
    };
  }

  /**
   * Checks them as far as that goes without reading anything.
   *
   * @param where they are in the settings of the service, a pointer
   * @param custom attributes beyond the usual
   * @throws SettingsException with a pointer into the settings of the service
   */
  void check(String where, Collection<String> custom) throws SettingsException {
    if (!NAME.matcher(name).matches()) {
      throw new SettingsException(
          where + "/name", "must be letters, digits, - and _, such as edge; it names files, too");
    }
    int ways = (file.isPresent() ? 1 : 0) + (s3.isPresent() ? 1 : 0) + (http ? 1 : 0);
    if (ways != 1) {
      throw new SettingsException(
          where, "needs one of file, s3 and http: true, and has %d of them".formatted(ways));
    }
    if (!fields.isEmpty() && format != Format.CLOUDFRONT) {
      throw new SettingsException(
          where + "/fields", "is for real-time logs of CloudFront; the others name what they tell");
    }
    checkAttributes(where, custom);
    checkToken(where);
    if (s3.isPresent()) {
      s3.get().check(where + "/s3");
    }
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw new SettingsException(where + "/every", "must be from 5s to 1h");
    }
  }

  private void checkAttributes(String where, Collection<String> custom) throws SettingsException {
    Set<String> known = new TreeSet<>(Arrivals.TOLD);
    known.addAll(custom);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (!known.contains(attribute.getKey())) {
        throw new SettingsException(
            where + "/attributes/" + attribute.getKey(),
            "must be one of " + String.join(", ", known));
      }
      if (attribute.getValue().isBlank() || attribute.getValue().length() > LONGEST_VALUE) {
        throw new SettingsException(
            where + "/attributes/" + attribute.getKey(), "must be text of 64 characters at most");
      }
    }
  }

  private void checkToken(String where) throws SettingsException {
    if (http && token.filter(text -> text.length() >= SHORTEST_TOKEN).isEmpty()) {
      throw new SettingsException(
          where + "/token",
          "must have 16 characters or more; the delivery network sends it as Authorization:"
              + " Bearer");
    }
    if (!http && token.isPresent()) {
      throw new SettingsException(where + "/token", "is for logs that are pushed (http: true)");
    }
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "LogSettings[" + name + ", " + format.word() + "]";
  }
}
