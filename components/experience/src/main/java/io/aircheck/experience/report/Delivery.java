package io.aircheck.experience.report;

import org.jspecify.annotations.Nullable;

/**
 * How the request of an object went, as the player saw it.
 *
 * @param host it was asked from, without port; null when not told
 * @param path of its address, without query; null when not told
 * @param status HTTP status; 0: no answer; -1: not told
 * @param firstByteMillis from the request to the first byte of the answer; -1: not told
 * @param lastByteMillis from the request to the last byte; -1: not told
 */
public record Delivery(
    @Nullable String host,
    @Nullable String path,
    int status,
    long firstByteMillis,
    long lastByteMillis) {}
