package io.aircheck.core.media;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a media source is to open.
 *
 * @param uri address or file path as the user wrote it; may contain secrets, never print it
 * @param rendition rendition to open of a ladder; empty: the only or best one
 * @param resumeFrom token of {@link MediaSource#position()}, or empty to start afresh
 * @param originMicros media time of the first picture or sample: 0, or later when an input is
 *     opened again so that media time goes on
 * @param readTimeout longest wait for data before an {@link MediaEvent.Idle} or a time-out
 * @param decryptionKeys hexadecimal keys by key id (or {@code "*"}): secrets, never print them
 * @param headers HTTP request headers by name: may contain secrets
 * @param recorded how much of what was last received is kept undecoded, see {@link
 *     MediaSource#recording}; zero: nothing
 * @param addresses where it may lead to
 */
public record SourceRequest(
    String uri,
    Optional<String> rendition,
    Optional<String> resumeFrom,
    long originMicros,
    Duration readTimeout,
    Map<String, String> decryptionKeys,
    Map<String, String> headers,
    Duration recorded,
    AddressRule addresses) {

  /** Read time-out where none is set. */
  public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(10);

  public SourceRequest {
    decryptionKeys = Map.copyOf(decryptionKeys);
    headers = Map.copyOf(headers);
  }

  /** A request for an address with everything else at its default. */
  public static SourceRequest of(String uri) {
    return new SourceRequest(
        uri,
        Optional.empty(),
        Optional.empty(),
        0,
        DEFAULT_READ_TIMEOUT,
        Map.of(),
        Map.of(),
        Duration.ZERO,
        AddressRule.ANY);
  }

  /** The same request for one rendition. */
  public SourceRequest withRendition(String id) {
    return new SourceRequest(
        uri,
        Optional.of(id),
        resumeFrom,
        originMicros,
        readTimeout,
        decryptionKeys,
        headers,
        recorded,
        addresses);
  }

  /** The same request from a position. */
  public SourceRequest withResumeFrom(Optional<String> token) {
    return new SourceRequest(
        uri,
        rendition,
        token,
        originMicros,
        readTimeout,
        decryptionKeys,
        headers,
        recorded,
        addresses);
  }

  /** The same request with media time starting later. */
  public SourceRequest withOriginMicros(long origin) {
    return new SourceRequest(
        uri,
        rendition,
        resumeFrom,
        origin,
        readTimeout,
        decryptionKeys,
        headers,
        recorded,
        addresses);
  }

  /** The same request with another read time-out. */
  public SourceRequest withReadTimeout(Duration timeout) {
    return new SourceRequest(
        uri,
        rendition,
        resumeFrom,
        originMicros,
        timeout,
        decryptionKeys,
        headers,
        recorded,
        addresses);
  }

  /** The same request with decryption keys. */
  public SourceRequest withDecryptionKeys(Map<String, String> keys) {
    return new SourceRequest(
        uri, rendition, resumeFrom, originMicros, readTimeout, keys, headers, recorded, addresses);
  }

  /** The same request with the latest of the input kept for clips. */
  public SourceRequest withRecorded(Duration span) {
    return new SourceRequest(
        uri,
        rendition,
        resumeFrom,
        originMicros,
        readTimeout,
        decryptionKeys,
        headers,
        span,
        addresses);
  }

  /** The same request, led to some addresses only. */
  public SourceRequest withAddresses(AddressRule rule) {
    return new SourceRequest(
        uri,
        rendition,
        resumeFrom,
        originMicros,
        readTimeout,
        decryptionKeys,
        headers,
        recorded,
        rule);
  }

  /** Secrets stay out of logs: only the host-less outline is printed. */
  @Override
  public String toString() {
    return "SourceRequest[" + SafeUri.redact(uri) + rendition.map(r -> " " + r).orElse("") + "]";
  }
}
