package io.aircheck.app.viewers;

/**
 * What became of reports.
 *
 * @param accepted reports that were taken, repeated ones included
 * @param refused reports that were answered with an error of the client's
 * @param stopped reports of sessions that were told to stop (410), not sent or not taken
 * @param failed reports that were given up after several attempts
 * @param throttled answers that there was too much (429)
 * @param retried requests that were sent again because of an error of the server or the network
 */
public record Sent(
    long accepted, long refused, long stopped, long failed, long throttled, long retried) {}
