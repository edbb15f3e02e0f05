package io.aircheck.audience.network;

import io.aircheck.audience.viewer.Post;

/**
 * Something that arrives.
 *
 * @param millis when, by the true clock, milliseconds since the epoch
 * @param post what was sent
 * @param repeated whether it is sent again
 */
public record Delivery(long millis, Post post, boolean repeated) {}
