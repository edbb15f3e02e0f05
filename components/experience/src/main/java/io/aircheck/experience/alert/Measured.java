package io.aircheck.experience.alert;

import io.aircheck.experience.baseline.Judgement;

/**
 * A cohort as it is in the latest windows.
 *
 * @param recent its sums
 * @param judgement how unusual they are
 * @param excess how much more came than was expected, in the direction that is worse
 * @param viewers sessions in the latest window
 */
record Measured(Recent recent, Judgement judgement, double excess, long viewers) {}
