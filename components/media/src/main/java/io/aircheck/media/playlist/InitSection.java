package io.aircheck.media.playlist;

import io.aircheck.media.resource.ByteSpan;
import java.net.URI;
import java.util.Optional;

/**
 * The media initialization section that a segment needs (EXT-X-MAP).
 *
 * @param uri absolute address
 * @param span part of the resource, or empty for all of it
 * @param key how it is encrypted, or empty for in the clear
 */
public record InitSection(URI uri, Optional<ByteSpan> span, Optional<SegmentKey> key) {}
