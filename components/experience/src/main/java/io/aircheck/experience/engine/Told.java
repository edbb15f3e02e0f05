package io.aircheck.experience.engine;

import io.aircheck.experience.session.SessionDelta;

/**
 * Something new of a view, and when it became known. That is told by the reports and timers, not by
 * a clock: reports that are read again tell the same at the same times.
 *
 * @param atMillis when the report came or the timer was due that told it, but after everything that
 *     was told of the session before; no two steps of a session have the same
 */
public record Told(long atMillis, SessionDelta delta) {}
