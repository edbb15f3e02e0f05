package io.aircheck.notify.http;

import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Headers that operators set: credentials, and whatever else a receiver asks for. */
public final class Headers {
  /** The settings read by {@link #of}. */
  public static final List<ChannelSetting> SETTINGS =
      List.of(
          ChannelSetting.optional("token", "Sent as `Authorization: Bearer …`.").asSecret(),
          ChannelSetting.optional("username", "User of HTTP basic authentication."),
          ChannelSetting.optional("password", "Its password.").asSecret(),
          ChannelSetting.optional("headers.*", "A header of that name.").asSecret());

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  /** What the client or the channel says itself. */
  private static final Set<String> TAKEN =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "idempotency-key",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  private Headers() {}

  /**
   * Headers by name.
   *
   * @throws IllegalArgumentException for settings that make no header
   */
  public static Map<String, String> of(ChannelSettings settings) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    settings
        .below("headers.")
        .forEach(
            (name, value) -> {
              if (!NAME.matcher(name).matches()) {
                throw settings.invalid("headers." + name, "is no name of a header");
              }
              if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
                throw settings.invalid("headers." + name, "is set by the channel itself");
              }
              headers.put(name, checked(settings, "headers." + name, value));
            });
    Optional<String> token = settings.find("token");
    Optional<String> username = settings.find("username");
    Optional<String> password = settings.find("password");
    if (password.isPresent() && username.isEmpty()) {
      throw settings.invalid("username", "is missing beside password");
    }
    if (token.isPresent() && username.isPresent()) {
      throw settings.invalid("token", "cannot be given beside username");
    }
    token.ifPresent(
        value -> headers.put("Authorization", "Bearer " + checked(settings, "token", value)));
    username.ifPresent(
        user -> {
          byte[] pair = (user + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8);
          headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        });
    return headers;
  }

  private static String checked(ChannelSettings settings, String name, String value) {
    if (!VALUE.matcher(value).matches()) {
      throw settings.invalid(name, "holds characters that cannot be in a header");
    }
    return value;
  }
}
