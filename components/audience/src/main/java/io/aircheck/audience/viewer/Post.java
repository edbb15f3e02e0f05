package io.aircheck.audience.viewer;

import io.aircheck.audience.crowd.Cohort;

/**
 * What a player sends at a moment.
 *
 * @param millis when, by the true clock, milliseconds since the epoch
 * @param session who
 * @param cohort what the address that it sends to tells of the viewer
 * @param userAgent what its browser calls itself
 * @param reports how many reports are in it
 * @param body common media client data, a report per line
 */
@SuppressWarnings("ArrayRecordComponent") // written to connections as it is, never compared
public record Post(
    long millis, String session, Cohort cohort, String userAgent, int reports, byte[] body) {}
