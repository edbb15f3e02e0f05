package io.aircheck.core.notify;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A channel that keeps its secrets: whatever the other side echoes and whatever fails, what comes
 * out is one short line without the values of secret settings.
 */
final class DiscreetNotifier implements Notifier {
  /** Enough for the answer of a remedy, little enough for a table. */
  private static final int MAX_LENGTH = 1000;

  /** Shorter values are no secrets, and replacing them would garble every answer. */
  private static final int MIN_SECRET_LENGTH = 4;

  /** Credentials as headers carry them, should somebody echo the request. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)\\b(basic|bearer)\\s+[A-Za-z0-9+/=._~-]{4,}");

  private final Notifier notifier;
  private final List<String> secrets;

  DiscreetNotifier(Notifier notifier, List<String> secrets) {
    this.notifier = notifier;
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

  @Override
  public boolean recordsAnswer() {
    return notifier.recordsAnswer();
  }

  @Override
  public Optional<String> check() {
    try {
      return notifier.check().map(this::discreet);
    } catch (RuntimeException e) {
      return Optional.of(failure(e));
    }
  }

  @Override
  public Delivery deliver(Notification notification) {
    try {
      return switch (notifier.deliver(notification)) {
        case Delivery.Delivered(String answer) -> new Delivery.Delivered(discreet(answer));
        case Delivery.RetryAfter(String reason, var after) ->
            new Delivery.RetryAfter(discreet(reason), after);
        case Delivery.Rejected(String reason) -> new Delivery.Rejected(discreet(reason));
      };
    } catch (RuntimeException e) {
      return new Delivery.RetryAfter(failure(e), Optional.empty());
    }
  }

  @Override
  public void close() {
    notifier.close();
  }

  private String failure(RuntimeException e) {
    return discreet("the channel failed: " + e);
  }

  private String discreet(String text) {
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
