package io.aircheck.experience.session;

import io.aircheck.experience.measure.Measures;
import org.jspecify.annotations.Nullable;

/**
 * What is new of a view in one window of time. The sum of all deltas of a view is its totals. A
 * window may have several deltas, and late ones; at most one start-up is in any of them, so its
 * start-up time is that of a view.
 *
 * @param session id of the session
 * @param view number of the view within the session, from 1: another content is another view
 * @param windowMillis start of the window, by the clock of the service
 * @param cohort what the view was then
 * @param measures what is added; negative is what is taken back
 * @param end the view is over; null: it is not
 */
public record SessionDelta(
    String session,
    int view,
    long windowMillis,
    Cohort cohort,
    Measures measures,
    @Nullable SessionEnd end) {}
