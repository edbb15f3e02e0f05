package io.aircheck.media.transport;

/**
 * A place in a transport stream.
 *
 * @param position byte position of a packet
 * @param pts time stamp of the nearest picture or sample before it, 33 bits of 90 kHz as found in
 *     the stream, or -1 when none came before it
 */
public record StreamPoint(long position, long pts) {}
