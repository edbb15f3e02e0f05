package io.aircheck.core.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes of what others say one short line without secrets, however they spell them. Immutable,
 * thread-safe.
 */
public final class Discretion {
  /** Enough for the answer of a remedy, little enough for a table. */
  private static final int MAX_LENGTH = 1000;

  /** Shorter values are no secrets, and replacing them would garble every answer. */
  private static final int MIN_SECRET_LENGTH = 4;

  /** Credentials as headers carry them, should somebody echo the request. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)\\b(basic|bearer)\\s+[A-Za-z0-9+/=._~-]{4,}");

  private final List<String> secrets;

  Discretion(List<String> secrets) {
    TreeSet<String> forms =
        new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));
    secrets.forEach(secret -> forms(secret).forEach(forms::add));
    forms.removeIf(form -> form.length() < MIN_SECRET_LENGTH);
    this.secrets = List.copyOf(forms);
  }

  /** A secret as others may spell it: encoded, without a scheme word, the path of an address. */
  private static Stream<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    Stream<String> forms =
        Stream.of(
            secret,
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(bytes),
            secret.substring(secret.lastIndexOf(' ') + 1));
    if (!secret.contains("://")) {
      return forms;
    }
    try {
      URI uri = URI.create(secret);
      return Stream.concat(
          forms, Stream.of(uri.getRawPath(), uri.getRawQuery()).filter(part -> part != null));
    } catch (IllegalArgumentException e) {
      return forms;
    }
  }

  /** What may be told of a text. */
  public String of(String text) {
    String told = text;
    for (String secret : secrets) {
      told = told.replace(secret, "***");
    }
    told = CREDENTIALS.matcher(told).replaceAll("$1 ***");
    // Control characters too: an answer must not write lines of its own into a log.
    told = told.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return told.length() <= MAX_LENGTH ? told : told.substring(0, MAX_LENGTH - 1) + "…";
  }
}
