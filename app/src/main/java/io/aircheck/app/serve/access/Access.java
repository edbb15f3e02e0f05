package io.aircheck.app.serve.access;

import io.aircheck.app.serve.settings.Role;
import io.aircheck.app.serve.settings.TokenSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may do what. Only hashes of tokens are kept. Without tokens, everybody who reaches the
 * service may do everything: it then listens on loopback alone. Immutable, thread-safe.
 */
public final class Access {
  /** Name of whoever works without a token. */
  public static final String LOCAL = "local";

  /** Somebody who may do something. */
  public record Caller(String name, Role role) {}

  private record Entry(byte[] hash, Caller caller) {}

  private final List<Entry> entries = new ArrayList<>();

  /** Access by these tokens. */
  public Access(List<TokenSettings> tokens) {
    for (TokenSettings token : tokens) {
      entries.add(new Entry(hash(token.token()), new Caller(token.name(), token.role())));
    }
  }

  /** Whether tokens are needed. */
  public boolean needsTokens() {
    return !entries.isEmpty();
  }

  /**
   * Who shows a token; every entry is compared, so that the time it takes tells nothing.
   *
   * @return empty when nobody has that token
   */
  public Optional<Caller> caller(Optional<String> token) {
    if (entries.isEmpty()) {
      return Optional.of(new Caller(LOCAL, Role.ADMIN));
    }
    if (token.isEmpty()) {
      return Optional.empty();
    }
    byte[] shown = hash(token.get());
    Optional<Caller> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash(), shown)) {
        found = Optional.of(entry.caller());
      }
    }
    return found;
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
