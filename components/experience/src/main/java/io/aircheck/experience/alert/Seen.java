package io.aircheck.experience.alert;

import io.aircheck.experience.cause.Combination;
import java.util.List;

/**
 * A row of a window, for one ratio.
 *
 * @param cohort its values
 * @param dimensions of its grouping
 * @param values in the order of the dimensions
 * @param watch what is known of it, with this window
 * @param viewers sessions in this window
 */
record Seen(
    Combination cohort, List<String> dimensions, List<String> values, Watch watch, long viewers) {}
