package io.aircheck.app.serve.streams;

/**
 * A small copy of a picture.
 *
 * @param wallClockMillis when it was on air, milliseconds since the epoch
 * @param ptsMicros its media time
 * @param jpeg the picture; do not write
 */
public record Still(long wallClockMillis, long ptsMicros, byte[] jpeg) {}
