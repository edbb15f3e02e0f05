package io.aircheck.core.media;

import java.util.Optional;

/**
 * Decides which addresses an input may lead to: the one that was asked for, where it redirects to,
 * and what its playlists refer to. Asked right before each connection. Thread-safe.
 */
@FunctionalInterface
public interface AddressRule {
  /** Every address: for who opens what they name themselves. */
  AddressRule ANY = uri -> Optional.empty();

  /**
   * Why an address is not allowed.
   *
   * @param uri address or path
   * @return one line without secrets that says what is wrong and what to do; empty: it is allowed
   */
  Optional<String> refusal(String uri);

  /**
   * What it allows at this moment, for another process to go by; empty: every address, or what
   * cannot be said in such terms.
   */
  default Optional<AddressTerms> terms() {
    return Optional.empty();
  }

  /**
   * Refuses an address that is not allowed.
   *
   * @throws MediaException {@link MediaException.Reason#DENIED}, naming it and what to do
   */
  default void require(String uri) throws MediaException {
    Optional<String> refusal = refusal(uri);
    if (refusal.isPresent()) {
      throw new MediaException(MediaException.Reason.DENIED, refusal.get());
    }
  }
}
